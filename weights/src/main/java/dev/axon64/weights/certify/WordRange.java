package dev.axon64.weights.certify;

import dev.axon64.codegen.support.InputException;

/**
 * A range of words taken as unsigned numbers.
 *
 * @param from first word
 * @param to one past the last
 */
record WordRange(long from, long to) {
  /** How many 32-bit words there are. */
  static final long WORDS = 1L << 32;

  static final WordRange ALL = new WordRange(0, WORDS);

  /** Shards begin at multiples of this, so that a shard is a set of top bytes. */
  private static final long GRAIN = 1L << 24;

  private static final int MOST_SHARDS = (int) (WORDS / GRAIN);

  WordRange {
    if (from < 0 || to < from || to > WORDS) {
      throw new IllegalArgumentException("no range of words: " + from + " to " + to);
    }
  }

  long size() {
    return to - from;
  }

  /**
   * Part {@code i} of {@code n}, counted from 1; the parts are disjoint and cover all words.
   *
   * @param text {@code i/n}
   * @throws InputException if it is not of that form or n is over 256
   */
  static WordRange shard(String text) {
    String[] parts = text.split("/", -1);
    if (parts.length == 2 && parts[0].matches("\\d{1,3}") && parts[1].matches("\\d{1,3}")) {
      int i = Integer.parseInt(parts[0]);
      int n = Integer.parseInt(parts[1]);
      if (1 <= i && i <= n && n <= MOST_SHARDS) {
        return new WordRange(edge(i - 1, n), edge(i, n));
      }
    }
    throw new InputException(
        "shard " + text, "must be i/n with 1 <= i <= n <= " + MOST_SHARDS + ", for example 1/4");
  }

  private static long edge(int i, int n) {
    return (long) i * MOST_SHARDS / n * GRAIN;
  }
}
