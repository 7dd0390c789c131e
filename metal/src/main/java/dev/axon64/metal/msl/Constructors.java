package dev.axon64.metal.msl;

import java.util.ArrayList;
import java.util.List;

/** Vector constructors. */
final class Constructors {
  private Constructors() {}

  static Expr vector(VectorType type, List<Expr> arguments, Pos pos) {
    if (arguments.isEmpty()) {
      return Checker.convert(new Expr.Const(type.element(), 0, pos), type);
    }
    List<Expr> parts = new ArrayList<>();
    int count = 0;
    for (Expr argument : arguments) {
      Expr part = Checker.value(argument);
      if (!Checker.isNumeric(part.type())) {
        throw part.pos().error("%s cannot be part of %s".formatted(part.type(), type));
      }
      if (arguments.size() > 1
          && part.type() instanceof VectorType vector
          && vector.element() != type.element()) {
        throw part.pos()
            .error(
                "%s cannot be one of several parts of %s; convert it to vectors of %s"
                    .formatted(part.type(), type, type.element()));
      }
      parts.add(Checker.convert(part, Checker.shaped(type.element(), part.type())));
      count += Checker.count(part.type());
    }
    if (parts.size() == 1 && parts.get(0).type().isScalar()) {
      return new Expr.Construct(type, parts, pos);
    }
    if (parts.size() == 1 && count == type.count()) {
      return parts.get(0);
    }
    if (count != type.count()) {
      throw pos.error("%s needs %d components, not %d".formatted(type, type.count(), count));
    }
    return new Expr.Construct(type, List.copyOf(parts), pos);
  }
}
