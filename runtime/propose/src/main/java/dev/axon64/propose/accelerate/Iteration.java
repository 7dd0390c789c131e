package dev.axon64.propose.accelerate;

import java.util.List;

/**
 * What one iteration of a loop does, from its head back to its head.
 *
 * @param head address of its first instruction
 * @param branch address of the branch back
 * @param addresses of the instructions that are executed, in order
 * @param words the instructions
 * @param values what is computed
 * @param next the value of each slot at the end; -1 if it is not written
 * @param accesses loads and stores, in order
 * @param exits conditions, any of which ends the loop or stops the guest within the iteration
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
  /** Instructions. */
  int length() {
    return words.length;
  }
}
