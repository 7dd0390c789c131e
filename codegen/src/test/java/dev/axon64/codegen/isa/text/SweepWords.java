package dev.axon64.codegen.isa.text;

import java.util.SplittableRandom;
import java.util.function.IntConsumer;

/** Words that have every value of the bits which tell encodings apart. */
final class SweepWords {
  private static final int REGISTERS = 0x001f_03ff;

  private final SplittableRandom random;

  SweepWords(long seed) {
    random = new SplittableRandom(seed);
  }

  /**
   * Gives every value of bits 31 to 21 and 15 to 10 a number of times, each with other registers.
   */
  void opcodes(int times, IntConsumer to) {
    spread(0, 0xffe0_fc00, REGISTERS, times, to);
  }

  /** Every system instruction, with register 31, with 0 and with another. */
  void systemInstructions(IntConsumer to) {
    spread(0xd500_0000, 0x00ff_ffe0, 0x1f, 3, to);
  }

  /** All that is next to addition with carry. */
  void flagManipulation(IntConsumer to) {
    spread(0x1a00_0000, 0xe000_fc1f, 0x3e0, 2, to);
  }

  /** Every kind of exception and of branch to a register. */
  void exceptionsAndBranches(IntConsumer to) {
    spread(0xd400_0000, 0x00e0_001f, 0x001f_ffe0, 64, to);
    spread(0xd600_0000, 0x01e0_fc1f, 0x001f_03e0, 8, to);
  }

  /** Every data processing instruction with one source or two. */
  void fewSources(IntConsumer to) {
    spread(0x1ac0_0000, 0xe01f_fc00, 0x3ff, 4, to);
  }

  /** All of FP and SIMD data processing. */
  void vectorProcessing(int times, IntConsumer to) {
    spread(0x0e00_0000, 0xf1ff_fc00, 0x3ff, times, to);
    spread(0x1e20_2000, 0x00df_001f, 0x3e0, 2, to); // comparisons, which fix their lowest bits
  }

  /**
   * Every value of some bits.
   *
   * @param base what the others are
   * @param varied those bits
   * @param drawn bits that are drawn anew for each word
   * @param times how often each value comes; the first time they are all ones, the second zeros
   */
  private void spread(int base, int varied, int drawn, int times, IntConsumer to) {
    int value = 0;
    do {
      for (int i = 0; i < times; i++) {
        int fields = i == 0 ? -1 : i == 1 ? 0 : fields();
        to.accept(base | value | fields & drawn);
      }
      value = value - varied & varied;
    } while (value != 0);
  }

  private int fields() {
    return field() << 16 | random.nextInt() & 0xfc00 | field() << 5 | field();
  }

  private int field() {
    return switch (random.nextInt(4)) {
      case 0 -> 0;
      case 1 -> 31;
      default -> random.nextInt(32);
    };
  }
}
