package dev.axon64.weights.data;

import dev.axon64.codegen.network.spec.DispatchSpec;
import dev.axon64.codegen.network.spec.Source;
import dev.axon64.codegen.support.InputException;
import java.util.function.IntUnaryOperator;

/**
 * Every case that labels or network can tell apart: all settings of the word bits that either
 * reads, the other bits zero. A network right on these is right on all 2^32 words. Derived from the
 * spec alone. The pc bits that the network reads vary from case to case, so that no pc is the only
 * one seen.
 */
public final class DecisionDomain {
  /** Most bits that a domain may have; a larger one no longer fits the trainer's loops. */
  public static final int MOST_BITS = 20;

  private final int mask;
  private final Columns columns;

  private DecisionDomain(int mask, Columns columns) {
    this.mask = mask;
    this.columns = columns;
  }

  /**
   * Enumerates the domain.
   *
   * @throws InputException if it has more than 2^{@link #MOST_BITS} cases, or the embedding is
   *     indexed by the pc
   */
  public static DecisionDomain of(DispatchSpec spec) {
    return of(spec, spec::label);
  }

  /**
   * Enumerates the domain, with labels from elsewhere.
   *
   * @param kernels the kernel that a word ought to get; may depend on bits of the domain alone
   */
  public static DecisionDomain of(DispatchSpec spec, IntUnaryOperator kernels) {
    int mask = spec.labelMask() | spec.wordMask();
    if (Integer.bitCount(mask) > MOST_BITS) {
      throw new InputException(
          spec.name(),
          "labels and features read "
              + Integer.bitCount(mask)
              + " word bits; training enumerates at most 2^"
              + MOST_BITS
              + " cases, so name fewer bits in the spec");
    }
    if (spec.index().source() == Source.PC) {
      throw new InputException(
          spec.name(), "the embedding is indexed by the pc; training needs a word field there");
    }
    int[] words = new int[1 << Integer.bitCount(mask)];
    long[] pcs = new long[words.length];
    SplitMix mix = SplitMix.of(0, "domain");
    for (int c = 0; c < words.length; c++) {
      words[c] = Integer.expand(c, mask);
      pcs[c] = mix.next() & spec.pcMask();
    }
    return new DecisionDomain(mask, Columns.of(spec, words, pcs, kernels));
  }

  /** Some of the cases; {@link #columns} then numbers them anew. */
  public DecisionDomain some(int[] cases) {
    return new DecisionDomain(mask, columns.some(cases));
  }

  /** The case, of the whole domain, that a word belongs to. */
  public int caseOf(int word) {
    return Integer.compress(word, mask);
  }

  /** The word bits that tell cases apart. */
  public int mask() {
    return mask;
  }

  /** Number of cases. */
  public int size() {
    return columns.size();
  }

  /** The cases, case {@code c} at index {@code c}. */
  public Columns columns() {
    return columns;
  }
}
