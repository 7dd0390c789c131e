package dev.axon64.weights.companion;

import dev.axon64.propose.companion.record.LoopSample;
import dev.axon64.weights.data.SplitMix;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Gives the registers of a sample other numbers, the same ones in code, contents and labels:
 * compilers prefer a few registers, which the networks should not. X29, X30 and SP stay.
 */
final class Renaming {
  private static final int RENAMED = 29;

  private final int[] to = new int[32];

  /** A random renaming. */
  Renaming(SplitMix random) {
    for (int i = 0; i < to.length; i++) {
      to[i] = i;
    }
    for (int i = RENAMED - 1; i > 0; i--) {
      int j = random.below(i + 1);
      int kept = to[i];
      to[i] = to[j];
      to[j] = kept;
    }
  }

  /**
   * Copies of a sample, every second one with other registers; without a random stream the sample
   * itself.
   *
   * @param copies how many; of half a copy there is one every second time
   */
  static Stream<LoopSample> copies(LoopSample sample, Optional<SplitMix> random, double copies) {
    if (random.isEmpty()) {
      return Stream.of(sample);
    }
    SplitMix draw = random.get();
    int count = (int) (copies + draw.uniform());
    return IntStream.range(0, count)
        .mapToObj(i -> draw.below(2) == 0 ? new Renaming(draw).of(sample) : sample);
  }

  /** A sample with other registers. */
  LoopSample of(LoopSample sample) {
    int[] words = sample.words().clone();
    for (int i = 0; i < words.length; i++) {
      words[i] = word(words[i]);
    }
    long[] registers = new long[sample.registers().length];
    for (int i = 0; i < registers.length; i++) {
      registers[to[i]] = sample.registers()[i];
    }
    return new LoopSample(
        words,
        registers,
        sample.type(),
        mask(sample.counters()),
        sample.iterations(),
        sample.kind(),
        mask(sample.destinations()),
        mask(sample.firsts()),
        mask(sample.sources()),
        sample.elementBytes(),
        sample.direction(),
        sample.begin());
  }

  private int mask(int registers) {
    int renamed = 0;
    for (int r = 0; r < to.length; r++) {
      renamed |= (registers >>> r & 1) << to[r];
    }
    return renamed;
  }

  /** The word with its general registers renamed; rare ones with others are left. */
  private int word(int word) {
    int group = word >>> 25 & 15;
    if ((group & 5) == 4) {
      return memory(word);
    }
    if ((group & 14) == 8) {
      boolean one = (word & 0x1f000000) == 0x10000000 || (word & 0x1f800000) == 0x12800000;
      boolean extract = (word & 0x1f800000) == 0x13800000;
      return fields(word, true, !one, extract, false);
    }
    if ((group & 7) == 5) {
      boolean three = (word & 0x1f000000) == 0x1b000000;
      boolean conditional = (word & 0x1fe00000) == 0x1a400000;
      boolean single = (word & 0x5fe00000) == 0x5ac00000;
      boolean number = single || conditional && (word >>> 11 & 1) != 0;
      return fields(word, !conditional, true, !number, three);
    }
    boolean branch = (word & 0x7c000000) == 0x34000000;
    return branch ? fields(word, true, false, false, false) : word;
  }

  private int memory(int word) {
    boolean vector = (word >>> 26 & 1) != 0;
    boolean pair = (word & 0x3a000000) == 0x28000000;
    boolean literal = (word & 0x3b000000) == 0x18000000;
    boolean indexed = (word & 0x3b200c00) == 0x38200800;
    return fields(word, !vector, !literal, indexed, pair && !vector);
  }

  /** Renames the fields at bits 0, 5, 16 and 10. */
  private int fields(int word, boolean d, boolean n, boolean m, boolean a) {
    int renamed = word;
    renamed = d ? field(renamed, 0) : renamed;
    renamed = n ? field(renamed, 5) : renamed;
    renamed = m ? field(renamed, 16) : renamed;
    return a ? field(renamed, 10) : renamed;
  }

  private int field(int word, int at) {
    return word & ~(31 << at) | to[word >>> at & 31] << at;
  }
}
