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

/** Addresses, loads and stores of what lives in memory, and pointers. */
final class PlaceEmitter {
  /** A place held in JVM locals: base, and an offset from a local (or -1 for none) on. */
  record Target(int base, int offset, int from) {
    Target plus(long more) {
      return new Target(base, offset, (int) (from + more));
    }
  }

  private final FunctionFrame frame;
  private final CodeBuilder code;
  private Emitters all;

  PlaceEmitter(FunctionFrame frame) {
    this.frame = frame;
    this.code = frame.code;
  }

  void connect(Emitters emitters) {
    all = emitters;
  }

  /** True if the place is in JVM locals rather than memory. */
  boolean isRegister(Expr place) {
    return switch (place) {
      case Expr.VarRef v -> {
        Storage storage = frame.storage(v.var());
        yield storage instanceof Storage.Local
            || storage instanceof Storage.PointerLocal
            || storage instanceof Storage.VectorLocal;
      }
      case Expr.Swizzle s -> isRegister(s.vector());
      case Expr.Temporary t -> false;
      default -> false;
    };
  }

  /**
   * Pushes the base and the offset of a place, {@code extra} bytes on; gives the kind of the
   * offset, LONG or INT.
   */
  TypeKind address(Expr place, long extra) {
    return switch (place) {
      case Expr.VarRef v -> variable(frame.storage(v.var()), extra);
      case Expr.Deref d -> {
        if (d.pointer() instanceof Expr.AddressOf a) {
          yield address(a.place(), extra);
        }
        pointer(d.pointer());
        addLong(extra);
        yield TypeKind.LONG;
      }
      case Expr.Index i -> element(i, extra);
      case Expr.Member m -> address(m.struct(), extra + m.field().offset());
      case Expr.Swizzle s ->
          address(s.vector(), extra + s.components().get(0) * element(s.vector().type()).size());
      case Expr.VectorIndex v -> {
        TypeKind kind = address(v.vector(), extra);
        VectorType vector = (VectorType) v.vector().type();
        scaled(v.index(), vector.count(), vector.element().size(), kind);
        yield kind;
      }
      case Expr.Temporary t -> {
        int offset = temporary(t.value());
        frame.memory();
        code.loadConstant((int) (offset + extra));
        yield TypeKind.INT;
      }
      default -> {
        int offset = temporary(place);
        frame.memory();
        code.loadConstant((int) (offset + extra));
        yield TypeKind.INT;
      }
    };
  }

  private static Scalar element(Type vector) {
    return ((VectorType) vector).element();
  }

  private TypeKind variable(Storage storage, long extra) {
    switch (storage) {
      case Storage.Frame f -> {
        frame.memory();
        code.loadConstant((int) (f.offset() + extra));
      }
      case Storage.Table t -> {
        frame.context();
        code.getfield(Jvm.CONTEXT, "constants", Jvm.BYTES);
        code.loadConstant((int) (t.offset() + extra));
      }
      case Storage.Shared s -> {
        frame.context();
        code.getfield(Jvm.CONTEXT, "shared", Jvm.BYTES);
        code.loadConstant((int) (s.offset() + extra));
      }
      default -> throw new IllegalStateException("a register has no address");
    }
    return TypeKind.INT;
  }

  private TypeKind element(Expr.Index place, long extra) {
    ArrayType array = (ArrayType) place.array().type();
    long size = array.element().size();
    if (place.index() instanceof Expr.Const c && c.bits() >= 0 && c.bits() < array.count()) {
      return address(place.array(), extra + c.bits() * size);
    }
    TypeKind kind = address(place.array(), extra);
    scaled(place.index(), kind == TypeKind.INT ? array.count() : 0, size, kind);
    return kind;
  }

  /** Adds index * size to the offset on the stack; {@code count} 0 leaves the index unchecked. */
  private void scaled(Expr index, int count, long size, TypeKind kind) {
    all.scalars().push(index);
    boolean wide = ((Scalar) index.type()).carrier() == Scalar.Carrier.LONG;
    if (count > 0) {
      code.loadConstant(count);
      code.invokestatic(
          Jvm.MEMORY, "index", Jvm.method(Jvm.INT, wide ? Jvm.LONG : Jvm.INT, Jvm.INT));
      wide = false;
    }
    if (kind == TypeKind.INT) {
      code.loadConstant((int) size);
      code.imul();
      code.iadd();
      return;
    }
    if (!wide) {
      code.i2l();
    }
    code.loadConstant(size);
    code.lmul();
    code.ladd();
  }

  private void addLong(long extra) {
    if (extra != 0) {
      code.loadConstant(extra);
      code.ladd();
    }
  }

  /** Evaluates into the thread's memory; gives the offset. */
  int temporary(Expr value) {
    if (value instanceof Expr.Call call && Jvm.inMemory(call.type())) {
      return all.calls().intoFrame(call);
    }
    int offset = frame.allocate(value.type(), value.pos());
    write(new Target(frame.memorySlot, -1, offset), value.type(), value);
    return offset;
  }

  /** Loads a scalar whose base and offset are on the stack. */
  void load(Scalar scalar, TypeKind offset) {
    code.invokestatic(
        Jvm.MEMORY,
        "get" + Jvm.accessor(scalar, false),
        Jvm.method(Jvm.carrier(scalar), Jvm.BYTES, offset == TypeKind.INT ? Jvm.INT : Jvm.LONG));
  }

  /** Stores a scalar; base, offset and value are on the stack. */
  void store(Scalar scalar, TypeKind offset) {
    code.invokestatic(
        Jvm.MEMORY,
        "put" + Jvm.accessor(scalar, true),
        Jvm.method(
            Jvm.VOID, Jvm.BYTES, offset == TypeKind.INT ? Jvm.INT : Jvm.LONG, Jvm.carrier(scalar)));
  }

  /** Puts the address of a place into locals, so that it can be used twice. */
  Target target(Expr place) {
    if (place instanceof Expr.VarRef v && frame.storage(v.var()) instanceof Storage.Frame f) {
      return new Target(frame.memorySlot, -1, f.offset());
    }
    TypeKind kind = address(place, 0);
    if (kind == TypeKind.INT) {
      code.i2l();
    }
    int offset = code.allocateLocal(TypeKind.LONG);
    int base = code.allocateLocal(TypeKind.REFERENCE);
    code.lstore(offset);
    code.astore(base);
    return new Target(base, offset, 0);
  }

  /** Pushes base and offset of a target. */
  TypeKind push(Target target) {
    code.aload(target.base());
    if (target.offset() < 0) {
      code.loadConstant(target.from());
      return TypeKind.INT;
    }
    code.lload(target.offset());
    addLong(target.from());
    return TypeKind.LONG;
  }

  private void pushLong(Target target) {
    if (push(target) == TypeKind.INT) {
      code.i2l();
    }
  }

  /** Writes a value of {@code type}; must not read what it overwrites unless it is one scalar. */
  void write(Target target, Type type, Expr value) {
    switch (type) {
      case VectorType v -> {
        writeVector(target, v, all.vectors().slots(value));
      }
      case StructType s -> writeCompound(target, type, value);
      case ArrayType a -> writeCompound(target, type, value);
      case PointerType p -> {
        TypeKind kind = push(target);
        pushEncoded(value);
        store(Scalar.ULONG, kind);
      }
      default -> {
        TypeKind kind = push(target);
        all.scalars().push(value);
        store(type.scalar(), kind);
      }
    }
  }

  void writeVector(Target target, VectorType type, int[] slots) {
    for (int i = 0; i < type.count(); i++) {
      TypeKind kind = push(target.plus(i * type.element().size()));
      code.loadLocal(Jvm.kind(type.element()), slots[i]);
      store(type.element(), kind);
    }
  }

  private void writeCompound(Target target, Type type, Expr value) {
    if (value instanceof Expr.Aggregate aggregate) {
      writeAggregate(target, aggregate);
      return;
    }
    if (value instanceof Expr.Call call) {
      int offset = all.calls().intoFrame(call);
      pushLong(target);
      frame.memory();
      code.loadConstant((long) offset);
    } else if (value instanceof Expr.Cond cond) {
      copyChoice(target, type, cond);
      return;
    } else {
      pushLong(target);
      addressLong(value);
    }
    copy(type);
  }

  private void copyChoice(Target target, Type type, Expr.Cond cond) {
    pushLong(target);
    structAddress(cond);
    copy(type);
  }

  private void copy(Type type) {
    code.loadConstant((int) type.size());
    code.invokestatic(
        Jvm.MEMORY,
        "copy",
        Jvm.method(Jvm.VOID, Jvm.BYTES, Jvm.LONG, Jvm.BYTES, Jvm.LONG, Jvm.INT));
  }

  /** Pushes base and long offset of a struct value. */
  void structAddress(Expr value) {
    if (value instanceof Expr.Cond cond) {
      var no = code.newLabel();
      var end = code.newLabel();
      all.scalars().branch(cond.test(), no, false);
      structAddress(cond.yes());
      code.goto_(end);
      code.labelBinding(no);
      structAddress(cond.no());
      code.labelBinding(end);
      return;
    }
    if (value instanceof Expr.Comma comma) {
      all.statements().evaluate(comma.first());
      structAddress(comma.second());
      return;
    }
    if (value instanceof Expr.Assign assign) {
      all.assignments().emit(assign);
      structAddress(assign.place());
      return;
    }
    addressLong(value);
  }

  private void addressLong(Expr place) {
    if (place instanceof Expr.Comma || place instanceof Expr.Assign || place instanceof Expr.Cond) {
      structAddress(place);
      return;
    }
    if (address(place, 0) == TypeKind.INT) {
      code.i2l();
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
    pushLong(target);
    code.loadConstant((int) type.size());
    code.invokestatic(Jvm.MEMORY, "zero", Jvm.method(Jvm.VOID, Jvm.BYTES, Jvm.LONG, Jvm.INT));
  }

  /** Pushes a pointer as one long, for memory. */
  private void pushEncoded(Expr value) {
    frame.context();
    pointer(value);
    code.invokevirtual(Jvm.CONTEXT, "encode", Jvm.method(Jvm.LONG, Jvm.BYTES, Jvm.LONG));
  }

  void encode(Expr value) {
    pushEncoded(value);
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
  void pointer(Expr e) {
    switch (e) {
      case Expr.Const c -> {
        code.aconst_null();
        code.loadConstant(c.bits());
      }
      case Expr.VarRef v -> variablePointer(v);
      case Expr.AddressOf a -> addressLong(a.place());
      case Expr.PointerAdd add -> {
        pointer(add.pointer());
        addScaled(add);
      }
      case Expr.Convert c -> {
        if (c.operand().type() instanceof PointerType) {
          pointer(c.operand());
          return;
        }
        all.scalars().push(c.operand());
        all.scalars().convert(c.operand().type().scalar(), Scalar.ULONG);
        decode();
      }
      case Expr.Cond c -> {
        var no = code.newLabel();
        var end = code.newLabel();
        all.scalars().branch(c.test(), no, false);
        pointer(c.yes());
        code.goto_(end);
        code.labelBinding(no);
        pointer(c.no());
        code.labelBinding(end);
      }
      case Expr.Comma c -> {
        all.statements().evaluate(c.first());
        pointer(c.second());
      }
      case Expr.Call c -> {
        all.calls().invoke(c, -1);
        int offset = code.allocateLocal(TypeKind.LONG);
        code.lstore(offset);
        frame.context();
        code.getfield(Jvm.CONTEXT, "resultBase", Jvm.BYTES);
        code.lload(offset);
      }
      case Expr.Assign a -> {
        all.assignments().emit(a);
        pointer(a.place());
      }
      case Expr.Compound c -> {
        all.assignments().emit(c);
        pointer(c.place());
      }
      case Expr.Step s -> step(s);
      default -> {
        load(Scalar.ULONG, address(e, 0));
        decode();
      }
    }
  }

  private void variablePointer(Expr.VarRef v) {
    if (frame.storage(v.var()) instanceof Storage.PointerLocal p) {
      code.aload(p.base());
      code.lload(p.offset());
    } else {
      load(Scalar.ULONG, address(v, 0));
      decode();
    }
  }

  private void step(Expr.Step s) {
    if (!s.prefix()) {
      pointer(s.place());
    }
    all.assignments().emit(s);
    if (s.prefix()) {
      pointer(s.place());
    }
  }

  private void addScaled(Expr.PointerAdd add) {
    long size = ((PointerType) add.type()).to().size();
    if (add.count() instanceof Expr.Const c) {
      addLong(c.bits() * size);
      return;
    }
    all.scalars().push(add.count());
    if (size != 1) {
      code.loadConstant(size);
      code.lmul();
    }
    code.ladd();
  }
}
