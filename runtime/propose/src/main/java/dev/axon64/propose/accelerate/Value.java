package dev.axon64.propose.accelerate;

import dev.axon64.codegen.isa.ir.Node;
import java.util.List;

/** A value of an iteration. Values name each other by their numbers in {@link Values}. */
sealed interface Value {
  /** Its width in bits. */
  int width();

  /** The numbers of the values that it is computed from, in order; they are below its own. */
  default List<Integer> operands() {
    return List.of();
  }

  /**
   * A known number.
   *
   * @param number zero above the width
   */
  record Constant(int width, long number) implements Value {}

  /** What a register slot holds when the iteration begins. */
  record Entry(int width, int slot) implements Value {}

  /**
   * What a load gives.
   *
   * @param index its place among the loads of the iteration
   */
  record Load(int width, int index) implements Value {}

  /**
   * What an operation gives.
   *
   * @param operation its operands are constants, and locals whose numbers are those of values
   * @param operands the numbers of all operands, constants too
   */
  record Computed(Node.Operation operation, List<Integer> operands) implements Value {
    @Override
    public int width() {
      return operation.width();
    }

    /** The number of one operand. */
    int operand(int index) {
      return operands.get(index);
    }
  }
}
