package dev.axon64.metal.jit;

import dev.axon64.metal.msl.Expr;
import dev.axon64.metal.msl.PointerType;
import dev.axon64.metal.msl.Scalar;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;

/** Pushes pointers: a base and a long offset. */
final class PointerEmitter {
  private final FunctionFrame frame;
  private final CodeBuilder code;
  private final Emitters all;

  PointerEmitter(Emitters all) {
    this.all = all;
    this.frame = all.frame;
    this.code = all.frame.code;
  }

  /** Pushes a pointer as one long, for memory. */
  void encode(Expr value) {
    frame.context();
    push(value);
    code.invokevirtual(Jvm.CONTEXT, "encode", Jvm.method(Jvm.LONG, Jvm.BYTES, Jvm.LONG));
  }

  /** Turns the encoded pointer on the stack into base and offset. */
  void decode() {
    int temporary = code.allocateLocal(TypeKind.LONG);
    code.lstore(temporary);
    frame.context();
    code.lload(temporary);
    code.invokevirtual(Jvm.CONTEXT, "decodeBase", Jvm.method(Jvm.BYTES, Jvm.LONG));
    frame.context();
    code.lload(temporary);
    code.invokevirtual(Jvm.CONTEXT, "decodeOffset", Jvm.method(Jvm.LONG, Jvm.LONG));
  }

  /** Pushes base and long offset of a pointer value. */
  void push(Expr e) {
    switch (e) {
      case Expr.Const c -> {
        code.aconst_null();
        code.loadConstant(c.bits());
      }
      case Expr.VarRef v -> variablePointer(v);
      case Expr.AddressOf a -> all.writer.structAddress(a.place());
      case Expr.PointerAdd add -> {
        push(add.pointer());
        addScaled(add);
      }
      case Expr.Convert c -> converted(c.operand());
      case Expr.Cond c -> all.conditions.choose(c.test(), () -> push(c.yes()), () -> push(c.no()));
      case Expr.Comma c -> {
        all.effects.evaluate(c.first());
        push(c.second());
      }
      case Expr.Call c -> result(c);
      case Expr.Assign a -> {
        all.assignments.emit(a);
        push(a.place());
      }
      case Expr.Compound c -> {
        all.assignments.emit(c);
        push(c.place());
      }
      case Expr.Step s -> step(s);
      default -> {
        all.places.load(Scalar.ULONG, all.places.address(e, 0));
        decode();
      }
    }
  }

  /** A pointer or an integer as a pointer. */
  private void converted(Expr operand) {
    if (operand.type() instanceof PointerType) {
      push(operand);
      return;
    }
    all.scalars.push(operand);
    all.scalars.convert(operand.type().scalar(), Scalar.ULONG);
    decode();
  }

  private void result(Expr.Call call) {
    all.calls.invoke(call, -1);
    int offset = code.allocateLocal(TypeKind.LONG);
    code.lstore(offset);
    frame.context();
    code.getfield(Jvm.CONTEXT, "resultBase", Jvm.BYTES);
    code.lload(offset);
  }

  private void variablePointer(Expr.VarRef v) {
    if (frame.storage(v.var()) instanceof Storage.PointerLocal p) {
      code.aload(p.base());
      code.lload(p.offset());
    } else {
      all.places.load(Scalar.ULONG, all.places.address(v, 0));
      decode();
    }
  }

  private void step(Expr.Step s) {
    if (!s.prefix()) {
      push(s.place());
    }
    all.assignments.emit(s);
    if (s.prefix()) {
      push(s.place());
    }
  }

  private void addScaled(Expr.PointerAdd add) {
    long size = ((PointerType) add.type()).to().size();
    if (add.count() instanceof Expr.Const c) {
      all.places.addLong(c.bits() * size);
      return;
    }
    all.scalars.push(add.count());
    if (size != 1) {
      code.loadConstant(size);
      code.lmul();
    }
    code.ladd();
  }

  /** Puts a pointer into fresh locals. */
  Storage.PointerLocal hold(Expr pointer) {
    Storage.PointerLocal local = frame.pointerLocal();
    push(pointer);
    code.lstore(local.offset());
    code.astore(local.base());
    return local;
  }
}
