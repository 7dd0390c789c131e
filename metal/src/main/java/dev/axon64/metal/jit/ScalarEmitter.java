package dev.axon64.metal.jit;

import dev.axon64.metal.msl.Expr;
import dev.axon64.metal.msl.PointerType;
import dev.axon64.metal.msl.Scalar;
import dev.axon64.metal.msl.Type;
import dev.axon64.metal.msl.VoidType;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;

/** Pushes scalar values. */
final class ScalarEmitter {
  private final FunctionFrame frame;
  private final CodeBuilder code;
  private final Emitters all;

  ScalarEmitter(Emitters all) {
    this.all = all;
    this.frame = all.frame;
    this.code = all.frame.code;
  }

  void constant(Scalar type, long bits) {
    switch (type.carrier()) {
      case INT -> code.loadConstant((int) bits);
      case LONG -> code.loadConstant(bits);
      case FLOAT -> {
        float value = Float.intBitsToFloat((int) bits);
        if (value != value) {
          // The class file may not keep the payload of a NaN.
          code.loadConstant((int) bits);
          code.invokestatic(
              java.lang.constant.ConstantDescs.CD_Float,
              "intBitsToFloat",
              Jvm.method(Jvm.FLOAT, Jvm.INT));
        } else {
          code.loadConstant(value);
        }
      }
    }
  }

  void convert(Scalar from, Scalar to) {
    Arithmetic.convert(code, from, to);
  }

  /** Pushes the value of a scalar expression. */
  void push(Expr e) {
    switch (e) {
      case Expr.Const c -> constant(c.type().scalar(), c.bits());
      case Expr.VarRef v -> variable(v);
      case Expr.Swizzle s -> component(s);
      case Expr.Negate n -> {
        push(n.operand());
        Arithmetic.negate(code, n.type().scalar());
      }
      case Expr.BitNot n -> {
        push(n.operand());
        Arithmetic.complement(code, n.type().scalar());
      }
      case Expr.Binary b -> binary(b);
      case Expr.Not n -> {
        push(n.operand());
        code.iconst_1();
        code.ixor();
      }
      case Expr.Logical l -> all.conditions.truth(l);
      case Expr.PointerCompare p -> all.conditions.truth(p);
      case Expr.Cond c -> all.conditions.choose(c.test(), () -> push(c.yes()), () -> push(c.no()));
      case Expr.Convert c -> conversion(c);
      case Expr.Bitcast b -> bitcast(b);
      case Expr.Comma c -> {
        all.effects.evaluate(c.first());
        push(c.second());
      }
      case Expr.Call c -> all.calls.invoke(c, -1);
      case Expr.BuiltinCall b -> all.builtins.push(b);
      case Expr.PointerDifference d -> difference(d);
      case Expr.Assign a -> all.assignments.pushScalar(a);
      case Expr.Compound c -> all.assignments.pushScalar(c);
      case Expr.Step s -> all.assignments.pushScalar(s);
      default -> place(e);
    }
  }

  private void place(Expr e) {
    all.places.load(e.type().scalar(), all.places.address(e, 0));
  }

  private void variable(Expr.VarRef v) {
    if (frame.storage(v.var()) instanceof Storage.Local local) {
      code.loadLocal(Jvm.kind(v.type().scalar()), local.slot());
    } else {
      place(v);
    }
  }

  private void component(Expr.Swizzle s) {
    if (inMemory(s.vector())) {
      place(s);
      return;
    }
    int[] slots = all.vectors.slots(s.vector());
    code.loadLocal(Jvm.kind(s.type().scalar()), slots[s.components().get(0)]);
  }

  private void binary(Expr.Binary b) {
    if (b.op().isComparison()) {
      all.conditions.truth(b);
      return;
    }
    push(b.left());
    push(b.right());
    Arithmetic.operate(code, b.op(), b.type().scalar());
  }

  private boolean inMemory(Expr vector) {
    return switch (vector) {
      case Expr.VarRef v -> !all.places.isRegister(v);
      case Expr.Deref d -> true;
      case Expr.Index i -> true;
      case Expr.Member m -> true;
      default -> false;
    };
  }

  private void conversion(Expr.Convert c) {
    Type from = c.operand().type();
    if (c.type() == VoidType.VOID) {
      all.effects.evaluate(c.operand());
    } else if (from instanceof PointerType) {
      if (c.type() == Scalar.BOOL) {
        all.conditions.truth(c);
      } else {
        all.pointers.encode(c.operand());
        convert(Scalar.ULONG, c.type().scalar());
      }
    } else {
      push(c.operand());
      convert(from.scalar(), c.type().scalar());
    }
  }

  private void bitcast(Expr.Bitcast b) {
    if (!b.operand().type().isScalar()) {
      all.vectors.throughMemory(b);
      return;
    }
    push(b.operand());
    Bitcasts.apply(code, b.operand().type().scalar(), b.type().scalar());
  }

  private void difference(Expr.PointerDifference d) {
    offsetOf(d.left());
    offsetOf(d.right());
    code.lsub();
    if (d.elementSize() != 1) {
      code.loadConstant(d.elementSize());
      code.ldiv();
    }
  }

  private void offsetOf(Expr pointer) {
    all.pointers.push(pointer);
    int offset = code.allocateLocal(TypeKind.LONG);
    code.lstore(offset);
    code.pop();
    code.lload(offset);
  }
}
