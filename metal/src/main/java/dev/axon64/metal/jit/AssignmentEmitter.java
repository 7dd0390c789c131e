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

/** Assignments of all kinds. */
final class AssignmentEmitter {
  private final FunctionFrame frame;
  private final CodeBuilder code;
  private Emitters all;

  AssignmentEmitter(FunctionFrame frame) {
    this.frame = frame;
    this.code = frame.code;
  }

  void connect(Emitters emitters) {
    all = emitters;
  }

  /** Performs an assignment whose value nobody wants. */
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
      if (all.places().isRegister(s.place())) {
        all.scalars().push(s.place());
        code.storeLocal(Jvm.kind(type), old);
        step(s);
      } else {
        PlaceEmitter.Target target = all.places().target(s.place());
        all.places().load(type, all.places().push(target));
        code.storeLocal(Jvm.kind(type), old);
        TypeKind kind = all.places().push(target);
        code.loadLocal(Jvm.kind(type), old);
        one(type, s.step());
        all.places().store(type, kind);
      }
      code.loadLocal(Jvm.kind(type), old);
      return;
    }
    Expr place = place(e);
    Scalar type = place.type().scalar();
    if (all.places().isRegister(place)) {
      emit(e);
      all.scalars().push(place);
      return;
    }
    PlaceEmitter.Target target = all.places().target(place);
    int value = frame.local(type);
    newValue(e, target, type);
    code.storeLocal(Jvm.kind(type), value);
    TypeKind kind = all.places().push(target);
    code.loadLocal(Jvm.kind(type), value);
    all.places().store(type, kind);
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

  /** Pushes what a scalar place in memory becomes. */
  private void newValue(Expr e, PlaceEmitter.Target target, Scalar type) {
    switch (e) {
      case Expr.Assign a -> all.scalars().push(a.value());
      case Expr.Compound c -> {
        all.places().load(type, all.places().push(target));
        combine(c, type);
      }
      case Expr.Step s -> {
        all.places().load(type, all.places().push(target));
        one(type, s.step());
      }
      default -> throw new IllegalStateException("not an assignment");
    }
  }

  /** The scalar place is on the stack: applies the operator and converts back. */
  private void combine(Expr.Compound c, Scalar type) {
    Scalar compute = (Scalar) c.compute();
    Arithmetic.convert(code, type, compute);
    all.scalars().push(c.value());
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
    if (place instanceof Expr.VarRef v && all.places().isRegister(place)) {
      register(frame.storage(v.var()), type, a.value());
    } else if (place instanceof Expr.Swizzle s && s.type() instanceof VectorType) {
      swizzle(s, all.vectors().slots(a.value()));
    } else if (place instanceof Expr.Swizzle s && all.places().isRegister(place)) {
      int slot = all.vectors().slots(s.vector())[s.components().get(0)];
      all.scalars().push(a.value());
      all.vectors().store(s.type().scalar(), slot);
    } else if (type.isScalar()) {
      TypeKind kind = all.places().address(place, 0);
      all.scalars().push(a.value());
      all.places().store(type.scalar(), kind);
    } else {
      memory(place, type, a.value());
    }
  }

  private void memory(Expr place, Type type, Expr value) {
    if (value instanceof Expr.Aggregate
        && (type instanceof StructType || type instanceof ArrayType)) {
      // Built aside, since the parts may read what is overwritten.
      int aside = all.places().temporary(value);
      PlaceEmitter.Target target = all.places().target(place);
      if (all.places().push(target) == TypeKind.INT) {
        code.i2l();
      }
      frame.memory();
      code.loadConstant((long) aside);
      code.loadConstant((int) type.size());
      code.invokestatic(
          Jvm.MEMORY,
          "copy",
          Jvm.method(Jvm.VOID, Jvm.BYTES, Jvm.LONG, Jvm.BYTES, Jvm.LONG, Jvm.INT));
      return;
    }
    all.places().write(all.places().target(place), type, value);
  }

  /** Puts a value into a variable held in JVM locals. */
  void register(Storage storage, Type type, Expr value) {
    switch (storage) {
      case Storage.Local local -> {
        all.scalars().push(value);
        code.storeLocal(Jvm.kind(type.scalar()), local.slot());
      }
      case Storage.PointerLocal local -> {
        all.places().pointer(value);
        code.lstore(local.offset());
        code.astore(local.base());
      }
      case Storage.VectorLocal local ->
          all.vectors().copy((VectorType) type, all.vectors().slots(value), local.slots());
      default -> throw new IllegalStateException("not a register");
    }
  }

  private void swizzle(Expr.Swizzle s, int[] values) {
    VectorType part = (VectorType) s.type();
    if (all.places().isRegister(s)) {
      int[] whole = all.vectors().slots(s.vector());
      int[] picked = new int[values.length];
      for (int i = 0; i < picked.length; i++) {
        picked[i] = whole[s.components().get(i)];
      }
      all.vectors().copy(part, values, picked);
      return;
    }
    int[] held = all.vectors().fresh(part);
    all.vectors().copy(part, values, held);
    PlaceEmitter.Target target = all.places().target(s.vector());
    for (int i = 0; i < held.length; i++) {
      long at = s.components().get(i) * part.element().size();
      TypeKind kind = all.places().push(target.plus(at));
      all.vectors().load(part.element(), held[i]);
      all.places().store(part.element(), kind);
    }
  }

  private void compound(Expr.Compound c) {
    Type type = c.place().type();
    if (type instanceof PointerType) {
      Expr moved = new Expr.PointerAdd(c.place(), c.value(), c.pos());
      pointer(c.place(), moved);
    } else if (type instanceof VectorType vector) {
      vector(c, vector);
    } else if (all.places().isRegister(c.place())) {
      all.scalars().push(c.place());
      combine(c, type.scalar());
      storeRegister(c.place());
    } else {
      PlaceEmitter.Target target = all.places().target(c.place());
      TypeKind kind = all.places().push(target);
      all.places().load(type.scalar(), all.places().push(target));
      combine(c, type.scalar());
      all.places().store(type.scalar(), kind);
    }
  }

  private void storeRegister(Expr place) {
    Scalar type = place.type().scalar();
    if (place instanceof Expr.VarRef v) {
      code.storeLocal(Jvm.kind(type), ((Storage.Local) frame.storage(v.var())).slot());
    } else {
      Expr.Swizzle s = (Expr.Swizzle) place;
      all.vectors().store(type, all.vectors().slots(s.vector())[s.components().get(0)]);
    }
  }

  private void vector(Expr.Compound c, VectorType type) {
    VectorType compute = (VectorType) c.compute();
    Expr place = c.place();
    PlaceEmitter.Target target = null;
    int[] now;
    int[] result = all.vectors().fresh(compute);
    if (all.places().isRegister(place) || place instanceof Expr.Swizzle) {
      now = all.vectors().slots(place);
    } else {
      target = all.places().target(place);
      now = all.vectors().fresh(compute);
      for (int i = 0; i < now.length; i++) {
        TypeKind kind = all.places().push(target.plus(i * type.element().size()));
        all.places().load(type.element(), kind);
        all.vectors().store(type.element(), now[i]);
      }
    }
    int[] operand = all.vectors().slots(c.value());
    Scalar element = compute.element();
    Scalar count = ((VectorType) c.value().type()).element();
    for (int i = 0; i < now.length; i++) {
      all.vectors().load(element, now[i]);
      all.vectors().load(count, operand[i]);
      Arithmetic.operate(code, c.op(), element);
      all.vectors().store(element, result[i]);
    }
    if (target != null) {
      all.places().writeVector(target, type, result);
    } else if (place instanceof Expr.Swizzle s) {
      swizzle(s, result);
    } else {
      all.vectors().copy(compute, result, now);
    }
  }

  private void pointer(Expr place, Expr value) {
    if (place instanceof Expr.VarRef v && all.places().isRegister(place)) {
      register(frame.storage(v.var()), place.type(), value);
    } else {
      all.places().write(all.places().target(place), place.type(), value);
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
    if (all.places().isRegister(s.place())) {
      all.scalars().push(s.place());
      one(scalar, s.step());
      storeRegister(s.place());
      return;
    }
    PlaceEmitter.Target target = all.places().target(s.place());
    TypeKind kind = all.places().push(target);
    all.places().load(scalar, all.places().push(target));
    one(scalar, s.step());
    all.places().store(scalar, kind);
  }
}
