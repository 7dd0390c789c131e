package dev.axon64.propose.accelerate;

import dev.axon64.codegen.isa.ir.UnaryOp;
import dev.axon64.propose.accelerate.Value.Kind;
import java.util.Map;
import java.util.TreeMap;

/**
 * A value as a sum of multiples of others, modulo two to the power of its width.
 *
 * @param terms factors by number in {@link Values}
 */
record Linear(Map<Integer, Long> terms, long constant) {
  private static final int MOST_TERMS = 16;

  /** Takes sums, differences, negations and multiples by constants apart. */
  static Linear of(Value[] values, int id) {
    Value v = values[id];
    switch (v.kind()) {
      case CONST:
        return new Linear(Map.of(), v.number());
      case BINARY:
        switch (v.binary()) {
          case ADD:
            return of(values, v.a()).plus(1, of(values, v.b()), id);
          case SUB:
            return of(values, v.a()).plus(-1, of(values, v.b()), id);
          case MUL:
            if (values[v.b()].kind() == Kind.CONST) {
              return zero().plus(values[v.b()].number(), of(values, v.a()), id);
            }
            break;
          default:
            break;
        }
        break;
      case UNARY:
        if (v.unary() == UnaryOp.NOT) {
          return new Linear(Map.of(), -1).plus(-1, of(values, v.a()), id);
        }
        break;
      case CONCAT:
        if (values[v.b()].kind() == Kind.CONST) {
          return new Linear(Map.of(), values[v.b()].number())
              .plus(1L << v.number(), of(values, v.a()), id);
        }
        break;
      case EXTRACT:
        if (v.number() == 0) {
          return of(values, v.a());
        }
        break;
      default:
        break;
    }
    return new Linear(Map.of(id, 1L), 0);
  }

  private static Linear zero() {
    return new Linear(Map.of(), 0);
  }

  private Linear plus(long factor, Linear other, int id) {
    Map<Integer, Long> sum = new TreeMap<>(terms);
    other.terms.forEach((term, by) -> sum.merge(term, factor * by, Long::sum));
    sum.values().removeIf(by -> by == 0);
    return sum.size() > MOST_TERMS
        ? new Linear(Map.of(id, 1L), 0)
        : new Linear(sum, constant + factor * other.constant);
  }

  /** Without one term. */
  Linear without(int id) {
    Map<Integer, Long> rest = new TreeMap<>(terms);
    rest.remove(id);
    return new Linear(rest, constant);
  }
}
