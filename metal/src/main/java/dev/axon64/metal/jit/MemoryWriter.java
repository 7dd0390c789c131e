package dev.axon64.metal.jit;

import dev.axon64.metal.msl.ArrayType;
import dev.axon64.metal.msl.Expr;
import dev.axon64.metal.msl.PointerType;
import dev.axon64.metal.msl.Scalar;
import dev.axon64.metal.msl.StructType;
import dev.axon64.metal.msl.Type;
import dev.axon64.metal.msl.VectorType;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;

/** Writes values of all types to memory. */
final class MemoryWriter {
  private final FunctionFrame frame;
  private final CodeBuilder code;
  private final Emitters all;

  MemoryWriter(Emitters all) {
    this.all = all;
    this.frame = all.frame;
    this.code = all.frame.code;
  }

  /** Evaluates into the thread's memory; gives the offset. */
  int temporary(Expr value) {
    if (value instanceof Expr.Call call && Jvm.inMemory(call.type())) {
      return all.calls.intoFrame(call);
    }
    int offset = frame.allocate(value.type(), value.pos());
    write(frame.place(offset), value.type(), value);
    return offset;
  }

  /** Writes a value of {@code type}; must not read what it overwrites unless it is one scalar. */
  void write(Target target, Type type, Expr value) {
    switch (type) {
      case VectorType v -> writeVector(target, v, all.vectors.slots(value));
      case StructType s -> writeCompound(target, type, value);
      case ArrayType a -> writeCompound(target, type, value);
      case PointerType p -> {
        TypeKind kind = all.places.push(target);
        all.pointers.encode(value);
        all.places.store(Scalar.ULONG, kind);
      }
      default -> {
        TypeKind kind = all.places.push(target);
        all.scalars.push(value);
        all.places.store(type.scalar(), kind);
      }
    }
  }

  void writeVector(Target target, VectorType type, int[] slots) {
    for (int i = 0; i < type.count(); i++) {
      TypeKind kind = all.places.push(target.plus(i * type.element().size()));
      code.loadLocal(Jvm.kind(type.element()), slots[i]);
      all.places.store(type.element(), kind);
    }
  }

  private void writeCompound(Target target, Type type, Expr value) {
    if (value instanceof Expr.Aggregate aggregate) {
      writeAggregate(target, aggregate);
      return;
    }
    if (value instanceof Expr.Call call) {
      int offset = all.calls.intoFrame(call);
      all.places.pushLong(target);
      frame.memory();
      code.loadConstant((long) offset);
    } else {
      all.places.pushLong(target);
      structAddress(value);
    }
    copy(type);
  }

  /** Copies a struct or array: base and long offset of both, the place first, are on the stack. */
  void copy(Type type) {
    code.loadConstant((int) type.size());
    code.invokestatic(
        Jvm.MEMORY,
        "copy",
        Jvm.method(Jvm.VOID, Jvm.BYTES, Jvm.LONG, Jvm.BYTES, Jvm.LONG, Jvm.INT));
  }

  /** Pushes base and long offset of a struct or array. */
  void structAddress(Expr value) {
    switch (value) {
      case Expr.Cond c ->
          all.conditions.choose(
              c.test(), () -> structAddress(c.yes()), () -> structAddress(c.no()));
      case Expr.Comma c -> {
        all.effects.evaluate(c.first());
        structAddress(c.second());
      }
      case Expr.Assign a -> {
        all.assignments.emit(a);
        structAddress(a.place());
      }
      default -> {
        if (all.places.address(value, 0) == TypeKind.INT) {
          code.i2l();
        }
      }
    }
  }

  private void writeAggregate(Target target, Expr.Aggregate value) {
    Type type = value.type();
    boolean struct = type instanceof StructType;
    int whole = struct ? ((StructType) type).fields().size() : ((ArrayType) type).count();
    if (value.parts().size() < whole || struct) {
      zero(target, type);
    }
    for (int i = 0; i < value.parts().size(); i++) {
      Type part =
          struct ? ((StructType) type).fields().get(i).type() : ((ArrayType) type).element();
      long at = struct ? ((StructType) type).fields().get(i).offset() : i * part.size();
      write(target.plus(at), part, value.parts().get(i));
    }
  }

  void zero(Target target, Type type) {
    all.places.pushLong(target);
    code.loadConstant((int) type.size());
    code.invokestatic(Jvm.MEMORY, "zero", Jvm.method(Jvm.VOID, Jvm.BYTES, Jvm.LONG, Jvm.INT));
  }
}
