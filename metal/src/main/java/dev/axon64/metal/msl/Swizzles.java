package dev.axon64.metal.msl;

import java.util.ArrayList;
import java.util.List;

/** Component names of vectors: xyzw and rgba. */
final class Swizzles {
  private Swizzles() {}

  static Expr of(Expr base, VectorType vector, String name, Pos pos) {
    List<Integer> components = new ArrayList<>();
    for (char c : name.toCharArray()) {
      int index = Math.max("xyzw".indexOf(c), "rgba".indexOf(c));
      if (index < 0 || index >= vector.count() || name.length() > 4) {
        throw pos.error("%s has no component '%s'".formatted(vector, name));
      }
      components.add(index);
    }
    Scalar element = vector.element();
    Type type = name.length() == 1 ? element : VectorType.of(element, name.length());
    if (base instanceof Expr.Swizzle inner) {
      List<Integer> direct = components.stream().map(i -> inner.components().get(i)).toList();
      return new Expr.Swizzle(inner.vector(), direct, type, pos);
    }
    return new Expr.Swizzle(base, List.copyOf(components), type, pos);
  }
}
