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

/** Performs assignments of scalars, pointers and structs. */
final class AssignmentEmitter {
  private final FunctionFrame frame;
  private final CodeBuilder code;
  private final Emitters all;

  AssignmentEmitter(Emitters all) {
    this.all = all;
    this.frame = all.frame;
    this.code = all.frame.code;
  }

  /** Performs an assignment and leaves nothing on the stack. */
  void emit(Expr e) {
    switch (e) {
      case Expr.Assign a -> assign(a);
      case Expr.Compound c -> compound(c);
      case Expr.Step s -> step(s);
      default -> throw new IllegalStateException("not an assignment");
    }
  }

  /** Performs a scalar assignment and pushes its value. */
  void pushScalar(Expr e) {
    if (e instanceof Expr.Step s && !s.prefix()) {
      Scalar type = s.type().scalar();
      int old = frame.local(type);
      if (all.places.isRegister(s.place())) {
        all.scalars.push(s.place());
        code.storeLocal(Jvm.kind(type), old);
        step(s);
      } else {
        Target target = all.places.target(s.place());
        all.places.load(type, all.places.push(target));
        code.storeLocal(Jvm.kind(type), old);
        TypeKind kind = all.places.push(target);
        code.loadLocal(Jvm.kind(type), old);
        one(type, s.step());
        all.places.store(type, kind);
      }
      code.loadLocal(Jvm.kind(type), old);
      return;
    }
    Expr place = place(e);
    Scalar type = place.type().scalar();
    if (all.places.isRegister(place)) {
      emit(e);
      all.scalars.push(place);
      return;
    }
    Target target = all.places.target(place);
    int value = frame.local(type);
    newValue(e, target, type);
    code.storeLocal(Jvm.kind(type), value);
    TypeKind kind = all.places.push(target);
    code.loadLocal(Jvm.kind(type), value);
    all.places.store(type, kind);
    code.loadLocal(Jvm.kind(type), value);
  }

  private static Expr place(Expr e) {
    return switch (e) {
      case Expr.Assign a -> a.place();
      case Expr.Compound c -> c.place();
      case Expr.Step s -> s.place();
      default -> throw new IllegalStateException("not an assignment");
    };
  }

  /** Pushes the new value of a scalar place in memory. */
  private void newValue(Expr e, Target target, Scalar type) {
    switch (e) {
      case Expr.Assign a -> all.scalars.push(a.value());
      case Expr.Compound c -> {
        all.places.load(type, all.places.push(target));
        combine(c, type);
      }
      case Expr.Step s -> {
        all.places.load(type, all.places.push(target));
        one(type, s.step());
      }
      default -> throw new IllegalStateException("not an assignment");
    }
  }

  /** Applies the operator to the value on the stack and converts the result back. */
  private void combine(Expr.Compound c, Scalar type) {
    Scalar compute = (Scalar) c.compute();
    Arithmetic.convert(code, type, compute);
    all.scalars.push(c.value());
    Arithmetic.operate(code, c.op(), compute);
    Arithmetic.convert(code, compute, type);
  }

  private void one(Scalar type, int step) {
    switch (type.carrier()) {
      case INT -> {
        code.loadConstant(step);
        code.iadd();
      }
      case LONG -> {
        code.loadConstant((long) step);
        code.ladd();
      }
      case FLOAT -> {
        code.loadConstant((float) step);
        code.fadd();
      }
    }
    Arithmetic.wrap(code, type);
  }

  private void assign(Expr.Assign a) {
    Expr place = a.place();
    Type type = place.type();
    if (place instanceof Expr.VarRef v && all.places.isRegister(place)) {
      register(frame.storage(v.var()), type, a.value());
    } else if (place instanceof Expr.Swizzle s && s.type() instanceof VectorType) {
      all.vectorAssignments.swizzle(s, all.vectors.slots(a.value()));
    } else if (place instanceof Expr.Swizzle s && all.places.isRegister(place)) {
      int slot = all.vectors.slots(s.vector())[s.components().get(0)];
      all.scalars.push(a.value());
      all.vectors.store(s.type().scalar(), slot);
    } else if (type.isScalar()) {
      TypeKind kind = all.places.address(place, 0);
      all.scalars.push(a.value());
      all.places.store(type.scalar(), kind);
    } else {
      memory(place, type, a.value());
    }
  }

  private void memory(Expr place, Type type, Expr value) {
    if (value instanceof Expr.Aggregate
        && (type instanceof StructType || type instanceof ArrayType)) {
      // Built aside, since the parts may read what is overwritten.
      int aside = all.writer.temporary(value);
      all.places.pushLong(all.places.target(place));
      frame.memory();
      code.loadConstant((long) aside);
      all.writer.copy(type);
      return;
    }
    all.writer.write(all.places.target(place), type, value);
  }

  /** Puts a value into a variable held in JVM locals. */
  void register(Storage storage, Type type, Expr value) {
    switch (storage) {
      case Storage.Local local -> {
        all.scalars.push(value);
        code.storeLocal(Jvm.kind(type.scalar()), local.slot());
      }
      case Storage.PointerLocal local -> {
        all.pointers.push(value);
        code.lstore(local.offset());
        code.astore(local.base());
      }
      case Storage.VectorLocal local ->
          all.vectors.copy((VectorType) type, all.vectors.slots(value), local.slots());
      default -> throw new IllegalStateException("not a register");
    }
  }

  private void compound(Expr.Compound c) {
    Type type = c.place().type();
    if (type instanceof PointerType) {
      Expr moved = new Expr.PointerAdd(c.place(), c.value(), c.pos());
      pointer(c.place(), moved);
    } else if (type instanceof VectorType vector) {
      all.vectorAssignments.compound(c, vector);
    } else if (all.places.isRegister(c.place())) {
      all.scalars.push(c.place());
      combine(c, type.scalar());
      storeRegister(c.place());
    } else {
      Target target = all.places.target(c.place());
      TypeKind kind = all.places.push(target);
      all.places.load(type.scalar(), all.places.push(target));
      combine(c, type.scalar());
      all.places.store(type.scalar(), kind);
    }
  }

  private void storeRegister(Expr place) {
    Scalar type = place.type().scalar();
    if (place instanceof Expr.VarRef v) {
      code.storeLocal(Jvm.kind(type), ((Storage.Local) frame.storage(v.var())).slot());
    } else {
      Expr.Swizzle s = (Expr.Swizzle) place;
      all.vectors.store(type, all.vectors.slots(s.vector())[s.components().get(0)]);
    }
  }

  private void pointer(Expr place, Expr value) {
    if (place instanceof Expr.VarRef v && all.places.isRegister(place)) {
      register(frame.storage(v.var()), place.type(), value);
    } else {
      all.writer.write(all.places.target(place), place.type(), value);
    }
  }

  private void step(Expr.Step s) {
    Type type = s.place().type();
    if (type instanceof PointerType) {
      Expr by = new Expr.Const(Scalar.LONG, s.step(), s.pos());
      pointer(s.place(), new Expr.PointerAdd(s.place(), by, s.pos()));
      return;
    }
    Scalar scalar = type.scalar();
    if (s.place() instanceof Expr.VarRef v
        && frame.storage(v.var()) instanceof Storage.Local local
        && (scalar == Scalar.INT || scalar == Scalar.UINT)) {
      code.iinc(local.slot(), s.step());
      return;
    }
    if (all.places.isRegister(s.place())) {
      all.scalars.push(s.place());
      one(scalar, s.step());
      storeRegister(s.place());
      return;
    }
    Target target = all.places.target(s.place());
    TypeKind kind = all.places.push(target);
    all.places.load(scalar, all.places.push(target));
    one(scalar, s.step());
    all.places.store(scalar, kind);
  }

  /** Sets a variable held in JVM locals to zero. */
  void zero(Storage storage, Type type) {
    switch (storage) {
      case Storage.Local local -> {
        all.scalars.constant(type.scalar(), 0);
        code.storeLocal(Jvm.kind(type.scalar()), local.slot());
      }
      case Storage.PointerLocal local -> {
        code.aconst_null();
        code.astore(local.base());
        code.lconst_0();
        code.lstore(local.offset());
      }
      case Storage.VectorLocal local -> {
        Scalar element = ((VectorType) type).element();
        for (int slot : local.slots()) {
          all.scalars.constant(element, 0);
          code.storeLocal(Jvm.kind(element), slot);
        }
      }
      default -> {}
    }
  }
}
