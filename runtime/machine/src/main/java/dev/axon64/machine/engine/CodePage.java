package dev.axon64.machine.engine;

import java.util.Arrays;

/**
 * A page of code, decided: the kernel that the network chose for each word, and what that kernel
 * calls the instruction.
 */
final class CodePage {
  /** Words in a page. */
  static final int WORDS = 1024;

  final long address;
  final int[] words;

  /** The kernel's number in the upper half, the instruction's in the lower, signed. */
  final int[] steps;

  /** How often each word was executed; null if nobody wants to know. */
  final long[] executions;

  /**
   * How often each word must still lead back before it counts as hot; null if nobody wants to know.
   */
  final int[] patience;

  /** Whether memory still holds these words. */
  boolean valid = true;

  CodePage(long address, int[] words, int[] steps, boolean counted, boolean watched) {
    this.address = address;
    this.words = words;
    this.steps = steps;
    this.executions = counted ? new long[WORDS] : null;
    this.patience = watched ? new int[WORDS] : null;
    if (watched) {
      Arrays.fill(patience, HotLoops.FIRST);
    }
  }

  static int step(int kernel, int instruction) {
    return kernel << 16 | instruction & 0xffff;
  }

  static int kernel(int step) {
    return step >> 16;
  }

  static int instruction(int step) {
    return (short) step;
  }
}
