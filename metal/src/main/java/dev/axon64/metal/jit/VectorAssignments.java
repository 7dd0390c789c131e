package dev.axon64.metal.jit;

import dev.axon64.metal.msl.Expr;
import dev.axon64.metal.msl.Scalar;
import dev.axon64.metal.msl.VectorType;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;

/** Performs assignments to vectors and to components of them. */
final class VectorAssignments {
  private final CodeBuilder code;
  private final Emitters all;

  VectorAssignments(Emitters all) {
    this.all = all;
    this.code = all.frame.code;
  }

  /** Puts values into components of a vector. */
  void swizzle(Expr.Swizzle s, int[] values) {
    VectorType part = (VectorType) s.type();
    if (all.places.isRegister(s)) {
      int[] whole = all.vectors.slots(s.vector());
      int[] picked = new int[values.length];
      for (int i = 0; i < picked.length; i++) {
        picked[i] = whole[s.components().get(i)];
      }
      all.vectors.copy(part, values, picked);
      return;
    }
    int[] held = all.vectors.fresh(part);
    all.vectors.copy(part, values, held);
    Target target = all.places.target(s.vector());
    for (int i = 0; i < held.length; i++) {
      long at = s.components().get(i) * part.element().size();
      TypeKind kind = all.places.push(target.plus(at));
      all.vectors.load(part.element(), held[i]);
      all.places.store(part.element(), kind);
    }
  }

  /** Performs {@code place op= value} on a vector. */
  void compound(Expr.Compound c, VectorType type) {
    VectorType compute = (VectorType) c.compute();
    Expr place = c.place();
    Target target = null;
    int[] now;
    int[] result = all.vectors.fresh(compute);
    if (all.places.isRegister(place) || place instanceof Expr.Swizzle) {
      now = all.vectors.slots(place);
    } else {
      target = all.places.target(place);
      now = all.vectors.fresh(compute);
      for (int i = 0; i < now.length; i++) {
        TypeKind kind = all.places.push(target.plus(i * type.element().size()));
        all.places.load(type.element(), kind);
        all.vectors.store(type.element(), now[i]);
      }
    }
    int[] operand = all.vectors.slots(c.value());
    Scalar element = compute.element();
    Scalar count = ((VectorType) c.value().type()).element();
    for (int i = 0; i < now.length; i++) {
      all.vectors.load(element, now[i]);
      all.vectors.load(count, operand[i]);
      Arithmetic.operate(code, c.op(), element);
      all.vectors.store(element, result[i]);
    }
    if (target != null) {
      all.writer.writeVector(target, type, result);
    } else if (place instanceof Expr.Swizzle s) {
      swizzle(s, result);
    } else {
      all.vectors.copy(compute, result, now);
    }
  }
}
