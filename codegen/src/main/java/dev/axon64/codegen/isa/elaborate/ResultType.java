package dev.axon64.codegen.isa.elaborate;

import dev.axon64.codegen.isa.syntax.Declaration;
import dev.axon64.codegen.isa.syntax.Position;
import java.util.ArrayList;
import java.util.List;

/** The type of a function's result, with its widths known. */
sealed interface ResultType {
  /** {@code int}. */
  record Number() implements ResultType {}

  /** {@code bits(width)}. */
  record Bits(int width) implements ResultType {}

  /** {@code (part, part)}. */
  record Several(List<ResultType> parts) implements ResultType {
    private Value checkedParts(Value value, Position at) {
      if (!(value instanceof Value.Tuple tuple) || tuple.parts().size() != parts.size()) {
        throw at.error("the function returns " + parts.size() + " values; return as many");
      }
      List<Value> checked = new ArrayList<>();
      for (int i = 0; i < parts.size(); i++) {
        checked.add(parts.get(i).checked(tuple.parts().get(i), at));
      }
      return new Value.Tuple(checked);
    }
  }

  /** The declared type in a call whose arguments are in scope. */
  static ResultType of(Declaration.Result declared, Expressions expressions) {
    if (declared instanceof Declaration.Result.Bits bits) {
      return new Bits(Builtins.width(expressions.value(bits.width()), bits.width().at()));
    }
    return declared instanceof Declaration.Result.Several several
        ? new Several(several.parts().stream().map(part -> of(part, expressions)).toList())
        : new Number();
  }

  /** Returns a value as this type, and refuses one of another type. */
  default Value checked(Value value, Position at) {
    if (this instanceof Bits bits) {
      return value.asBits(bits.width(), at);
    }
    if (this instanceof Several several) {
      return several.checkedParts(value, at);
    }
    return value instanceof Value.Number ? value : Value.number(value.asNumber(at));
  }
}
