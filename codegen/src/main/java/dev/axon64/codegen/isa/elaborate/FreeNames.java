package dev.axon64.codegen.isa.elaborate;

import dev.axon64.codegen.isa.syntax.Expression;
import java.util.List;
import java.util.Set;

/** The names in an expression. */
final class FreeNames {
  private FreeNames() {}

  static void collect(Expression e, Set<String> names) {
    if (e instanceof Expression.Name name) {
      names.add(name.text());
    } else if (e instanceof Expression.Unary unary) {
      collect(unary.operand(), names);
    } else if (e instanceof Expression.Binary binary) {
      collect(List.of(binary.left(), binary.right()), names);
    } else if (e instanceof Expression.Choice choice) {
      collect(List.of(choice.condition(), choice.yes(), choice.no()), names);
    } else if (e instanceof Expression.Slice slice) {
      collect(List.of(slice.base(), slice.high(), slice.low()), names);
    } else if (e instanceof Expression.Access access) {
      collect(access.arguments(), names);
    } else if (e instanceof Expression.Call call) {
      collect(call.arguments(), names);
    } else if (e instanceof Expression.Tuple tuple) {
      collect(tuple.parts(), names);
    }
  }

  private static void collect(List<Expression> all, Set<String> names) {
    all.forEach(e -> collect(e, names));
  }
}
