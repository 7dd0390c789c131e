package dev.axon64.metal.jit;

import dev.axon64.metal.msl.ArrayType;
import dev.axon64.metal.msl.Expr;
import dev.axon64.metal.msl.Scalar;
import dev.axon64.metal.msl.Type;
import dev.axon64.metal.msl.VectorType;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;

/** Pushes addresses of places in memory, and loads and stores scalars there. */
final class PlaceEmitter {
  private final FunctionFrame frame;
  private final CodeBuilder code;
  private final Emitters all;

  PlaceEmitter(Emitters all) {
    this.all = all;
    this.frame = all.frame;
    this.code = all.frame.code;
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
        all.pointers.push(d.pointer());
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
      default -> {
        int offset = all.writer.temporary(place instanceof Expr.Temporary t ? t.value() : place);
        frame.memory();
        code.loadConstant((int) (offset + extra));
        yield TypeKind.INT;
      }
    };
  }

  private static Scalar element(Type vector) {
    return ((VectorType) vector).element();
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

  /** Adds index * size to the offset on the stack; {@code count} 0 leaves the index unchecked. */
  private void scaled(Expr index, int count, long size, TypeKind kind) {
    all.scalars.push(index);
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

  /** Loads a scalar whose base and offset are on the stack. */
  void load(Scalar scalar, TypeKind offset) {
    code.invokestatic(
        Jvm.memory(scalar),
        "get" + Jvm.accessor(scalar, false),
        Jvm.method(Jvm.carrier(scalar), Jvm.BYTES, offset == TypeKind.INT ? Jvm.INT : Jvm.LONG));
  }

  /** Stores a scalar; base, offset and value are on the stack. */
  void store(Scalar scalar, TypeKind offset) {
    code.invokestatic(
        Jvm.memory(scalar),
        "put" + Jvm.accessor(scalar, true),
        Jvm.method(
            Jvm.VOID, Jvm.BYTES, offset == TypeKind.INT ? Jvm.INT : Jvm.LONG, Jvm.carrier(scalar)));
  }

  /** Puts the address of a place into locals, so that it can be used twice. */
  Target target(Expr place) {
    if (place instanceof Expr.VarRef v && frame.storage(v.var()) instanceof Storage.Frame f) {
      return frame.place(f.offset());
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

  /** Adds to the long offset on the stack. */
  void addLong(long extra) {
    if (extra != 0) {
      code.loadConstant(extra);
      code.ladd();
    }
  }

  /** Pushes base and long offset of a target. */
  void pushLong(Target target) {
    if (push(target) == TypeKind.INT) {
      code.i2l();
    }
  }
}
