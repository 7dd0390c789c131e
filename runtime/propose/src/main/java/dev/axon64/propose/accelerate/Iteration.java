package dev.axon64.propose.accelerate;

import java.util.List;

/**
 * What one iteration of a loop does, from its head back to its head.
 *
 * @param head the address of the loop's first instruction
 * @param branch the address of the branch back
 * @param addresses the addresses of the instructions that are executed, in order
 * @param words these instructions
 * @param values what is computed; a value's number is its index
 * @param next by slot, the number of its value at the end; -1 if it is not written
 * @param accesses loads and stores, in order
 * @param exits the numbers of conditions, each of which ends the loop or stops the guest within the
 *     iteration
 */
record Iteration(
    long head,
    long branch,
    long[] addresses,
    int[] words,
    Value[] values,
    int[] next,
    List<Access> accesses,
    int[] exits) {
  /** The number of instructions. */
  int length() {
    return words.length;
  }
}
