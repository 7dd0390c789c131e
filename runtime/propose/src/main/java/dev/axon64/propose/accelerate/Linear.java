package dev.axon64.propose.accelerate;

import dev.axon64.codegen.isa.ir.Node;
import dev.axon64.codegen.isa.ir.UnaryOp;
import java.util.Map;
import java.util.TreeMap;

/**
 * A value as a sum of multiples of others and a constant, modulo two to the power of its width.
 *
 * @param terms factors by number in {@link Values}
 */
record Linear(Map<Integer, Long> terms, long constant) {
  private static final int MOST_TERMS = 16;

  /** Takes sums, differences, negations and multiples by constants apart. */
  static Linear of(Value[] values, int id) {
    return switch (values[id]) {
      case Value.Constant v -> constant(v.number());
      case Value.Entry v -> term(id);
      case Value.Load v -> term(id);
      case Value.Computed v -> of(values, id, v);
    };
  }

  private static Linear of(Value[] values, int id, Value.Computed v) {
    return switch (v.operation()) {
      case Node.Unary n ->
          n.op() == UnaryOp.NOT ? constant(-1).plus(-1, of(values, v.operand(0)), id) : term(id);
      case Node.Binary n ->
          switch (n.op()) {
            case ADD -> of(values, v.operand(0)).plus(1, of(values, v.operand(1)), id);
            case SUB -> of(values, v.operand(0)).plus(-1, of(values, v.operand(1)), id);
            case MUL ->
                n.right() instanceof Node.Const by
                    ? constant(0).plus(by.value(), of(values, v.operand(0)), id)
                    : term(id);
            default -> term(id);
          };
      case Node.Concat n ->
          n.low() instanceof Node.Const low
              ? constant(low.value()).plus(1L << low.width(), of(values, v.operand(0)), id)
              : term(id);
      case Node.Extract n -> n.low() == 0 ? of(values, v.operand(0)) : term(id);
      case Node.Extend n -> term(id);
      case Node.Select n -> term(id);
    };
  }

  private static Linear constant(long value) {
    return new Linear(Map.of(), value);
  }

  private static Linear term(int id) {
    return new Linear(Map.of(id, 1L), 0);
  }

  private Linear plus(long factor, Linear other, int id) {
    Map<Integer, Long> sum = new TreeMap<>(terms);
    other.terms.forEach((term, by) -> sum.merge(term, factor * by, Long::sum));
    sum.values().removeIf(by -> by == 0);
    return sum.size() > MOST_TERMS ? term(id) : new Linear(sum, constant + factor * other.constant);
  }

  /** Without one term. */
  Linear without(int id) {
    Map<Integer, Long> rest = new TreeMap<>(terms);
    rest.remove(id);
    return new Linear(rest, constant);
  }
}
