package dev.axon64.weights.data;

import dev.axon64.codegen.network.spec.DispatchSpec;
import dev.axon64.codegen.network.spec.EncodingGroup;

/**
 * The sampled data set: {@value #SAMPLES} samples, {@value #VARIATIONS} pcs for each word, of which
 * {@value #TRAINING} train and the rest is held out. The split is by word: no held-out word is
 * trained on because of its other pcs. Half of the words are random members of an encoding group
 * drawn evenly, so that rare groups are not drowned; a quarter are such words with one decision bit
 * flipped, so that borders are seen from both sides; a quarter are any words.
 *
 * @param training samples to learn from
 * @param heldOut samples never learnt from
 */
public record DataSet(Columns training, Columns heldOut) {
  /** All samples. */
  public static final int SAMPLES = 128_000;

  /** Samples to learn from. */
  public static final int TRAINING = 102_400;

  /** Samples of a word, each at a pc of its own. */
  public static final int VARIATIONS = 4;

  /** Generates the set that belongs to a seed: the same on every machine. */
  public static DataSet of(DispatchSpec spec, long seed) {
    SplitMix mix = SplitMix.of(seed, "data");
    Columns training = sample(spec, mix, TRAINING);
    return new DataSet(training, sample(spec, mix, SAMPLES - TRAINING));
  }

  private static Columns sample(DispatchSpec spec, SplitMix mix, int count) {
    int[] words = new int[count];
    long[] pcs = new long[count];
    int distinct = count / VARIATIONS;
    for (int w = 0; w < distinct; w++) {
      int word = word(spec, mix);
      for (int at = w; at < count; at += distinct) {
        words[at] = word;
        pcs[at] = pc(mix);
      }
    }
    return Columns.of(spec, words, pcs);
  }

  private static int word(DispatchSpec spec, SplitMix mix) {
    int kind = mix.below(4);
    int any = (int) mix.next();
    if (kind == 0) {
      return any;
    }
    EncodingGroup group = spec.groups().get(mix.below(spec.groups().size()));
    int member = (any & ~group.mask()) | group.value();
    return kind == 1 ? member ^ bitOf(spec.labelMask(), mix) : member;
  }

  private static int bitOf(int mask, SplitMix mix) {
    return mask == 0 ? 0 : Integer.expand(1 << mix.below(Integer.bitCount(mask)), mask);
  }

  /** Addresses of every size: small programs, usual Linux addresses, kernels. */
  private static long pc(SplitMix mix) {
    int bits = 16 + mix.below(49);
    return (mix.next() >>> (64 - bits)) & ~3L;
  }
}
