package dev.axon64.weights.data;

import java.util.BitSet;

/**
 * The cases of a domain where one bit below the embedding's index changes the kernel, and a random
 * share of the others: a small set that shows most of what a network can get wrong.
 */
public final class BorderCases {
  /** Beside the borders, one case in so many is taken. */
  private static final int SHARE = 32;

  private BorderCases() {}

  /** The border cases of the domain. */
  public static Columns of(DecisionDomain domain) {
    Columns all = domain.columns();
    BitSet chosen = new BitSet();
    for (int bit = 1; bit < all.size(); bit <<= 1) {
      for (int c = 0; c < all.size(); c++) {
        boolean sameRow = all.rows()[c] == all.rows()[c ^ bit];
        if (sameRow && all.labels()[c] != all.labels()[c ^ bit]) {
          chosen.set(c);
        }
      }
    }
    SplitMix mix = SplitMix.of(0, "border");
    for (int i = 0; i < all.size() / SHARE; i++) {
      chosen.set(mix.below(all.size()));
    }
    return all.some(chosen.stream().toArray());
  }
}
