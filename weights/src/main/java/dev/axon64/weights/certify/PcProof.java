package dev.axon64.weights.certify;

import java.util.List;
import java.util.Objects;

/**
 * Why the pc cannot change an answer, as far as it cannot.
 *
 * @param kind how it was shown
 * @param referencePc the pc of the sweep, hexadecimal
 * @param fields pc fields that reach a score with a weight that is not zero
 * @param greatestReach a margin above this is safe whatever the word: greatest over all rows and
 *     kernels; absent where there is nothing to bound
 * @param probes pcs at which answers were compared with the sweep's, hexadecimal
 */
public record PcProof(
    Kind kind, String referencePc, List<String> fields, Float greatestReach, List<String> probes) {
  public PcProof {
    Objects.requireNonNull(kind);
    Objects.requireNonNull(referencePc);
    fields = List.copyOf(fields);
    probes = List.copyOf(probes);
  }

  /** How it was shown. */
  public enum Kind {
    /** No live term has a weight other than zero for a bit of the pc. */
    ZERO_COEFFICIENT,
    /**
     * Score differences bounded over the intervals of the pc's fields: per row and kernel, and
     * where that does not settle it, per block of at most 1024 consecutive words and kernel.
     */
    INTERVAL,
    /** Not shown: the pc selects the embedding's row. */
    NONE
  }
}
