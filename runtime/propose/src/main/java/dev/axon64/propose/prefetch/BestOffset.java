package dev.axon64.propose.prefetch;

import dev.axon64.machine.memory.Prefetcher;
import java.util.Arrays;
import java.util.function.LongConsumer;

/**
 * Prefetches at one offset from each access. In rounds it chooses the offset at which an access
 * most often follows an earlier one. After Michaud, "Best-offset hardware prefetching", HPCA 2016.
 */
public final class BestOffset implements Prefetcher {
  private static final int RECENT = 256;
  private static final int MOST_OFFSET = 256;
  private static final int MOST_SCORE = 31;
  private static final int MOST_ROUNDS = 100;
  private static final int BAD_SCORE = 1;

  /** The number of lines in 4 KiB, which a prefetch does not leave. */
  private static final long PAGE_LINES = 4096 / LineCache.LINE;

  private static final int[] OFFSETS = offsets();

  private final long[] recent = new long[RECENT];
  private final int[] scores = new int[OFFSETS.length];
  private final long room;
  private int next;
  private int round;
  private int offset = 1;

  /** Prefetches lines, none beyond the page of the access. */
  public BestOffset() {
    this(PAGE_LINES);
  }

  /**
   * @param room a prefetch stays in the same aligned group of so many lines as the access
   */
  public BestOffset(long room) {
    this.room = room;
    Arrays.fill(recent, -1);
  }

  /** The offsets up to 256 whose prime factors are 2, 3 and 5. */
  private static int[] offsets() {
    return java.util.stream.IntStream.rangeClosed(1, MOST_OFFSET)
        .filter(
            n -> {
              int left = n;
              for (int prime : new int[] {2, 3, 5}) {
                while (left % prime == 0) {
                  left /= prime;
                }
              }
              return left == 1;
            })
        .toArray();
  }

  @Override
  public String name() {
    return "best offset";
  }

  @Override
  public void access(long pc, long line, boolean useful, LongConsumer fetch) {
    if (!useful) {
      return;
    }
    learn(line);
    if (offset != 0 && line / room == (line + offset) / room) {
      fetch.accept(line + offset);
    }
    recent[slot(line)] = line;
  }

  private static int slot(long line) {
    return (int) (line ^ line >>> 8) & RECENT - 1;
  }

  /** Tries the next offset on an access. */
  private void learn(long line) {
    long before = line - OFFSETS[next];
    if (recent[slot(before)] == before && ++scores[next] >= MOST_SCORE) {
      choose();
      return;
    }
    if (++next == OFFSETS.length) {
      next = 0;
      if (++round == MOST_ROUNDS) {
        choose();
      }
    }
  }

  private void choose() {
    int best = 0;
    for (int i = 1; i < scores.length; i++) {
      best = scores[i] > scores[best] ? i : best;
    }
    offset = scores[best] > BAD_SCORE ? OFFSETS[best] : 0;
    Arrays.fill(scores, 0);
    next = 0;
    round = 0;
  }
}
