package dev.axon64.codegen.labels;

import java.util.SplittableRandom;

/** Random words with a given top byte. */
final class WordSample {
  /** One word for each value of the nine deciding bits below the top byte. */
  private static final int SHAPED = 1 << 9;

  private final SplittableRandom random;

  WordSample(long seed) {
    random = new SplittableRandom(seed);
  }

  /**
   * So many words of uniformly random low bits, then one for each value of the bits below the top
   * byte that labels may depend on. The latter have each register field all zeros, all ones or
   * random, because many encodings (one-source operations, hints, branches to registers) fix a
   * field so, and uniformly random words hardly meet them.
   */
  int[] words(int topByte, int uniform) {
    int[] words = new int[uniform + SHAPED];
    for (int i = 0; i < uniform; i++) {
      words[i] = topByte << 24 | random.nextInt() >>> 8;
    }
    for (int i = 0; i < SHAPED; i++) {
      words[uniform + i] =
          LabelTableTest.decidingBits(topByte << 9 | i) | field() << 16 | field() << 5 | field();
    }
    return words;
  }

  private int field() {
    return switch (random.nextInt(3)) {
      case 0 -> 0;
      case 1 -> 31;
      default -> random.nextInt(32);
    };
  }
}
