package dev.axon64.runtime.engine;

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

  /** Whether memory still holds these words. */
  boolean valid = true;

  CodePage(long address, int[] words, int[] steps, boolean counted) {
    this.address = address;
    this.words = words;
    this.steps = steps;
    this.executions = counted ? new long[WORDS] : null;
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
