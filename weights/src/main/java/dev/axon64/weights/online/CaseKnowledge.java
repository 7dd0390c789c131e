package dev.axon64.weights.online;

import dev.axon64.codegen.network.spec.DispatchSpec;
import dev.axon64.weights.data.Columns;
import dev.axon64.weights.data.DataSet;
import dev.axon64.weights.data.DecisionDomain;
import dev.axon64.weights.data.SplitMix;
import java.util.BitSet;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * Which cases of the decision domain a learner knows: those of words that trapped, which it learns
 * first and keeps replaying, and those of random words for which it has asked the kernels.
 */
final class CaseKnowledge {
  /** Examples in a set to learn from; mini-batches are runs of it. */
  private static final int SAMPLES = 1 << 14;

  /** Once all is known, one example in so many is of a case that trapped. */
  private static final int REPLAY = 8;

  private final DispatchSpec spec;
  private final IntUnaryOperator kernels;
  private final DecisionDomain domain;
  private final SplitMix mix;
  private final int[][] byKernel;
  private final int[] knownOfKernel;
  private final BitSet known = new BitSet();
  private final BitSet trapped = new BitSet();

  /**
   * @param kernels the kernel that accepts a word
   */
  CaseKnowledge(DispatchSpec spec, IntUnaryOperator kernels, SplitMix mix) {
    this.spec = spec;
    this.kernels = kernels;
    this.mix = mix;
    this.domain = DecisionDomain.of(spec, kernels);
    int[] labels = domain.columns().labels();
    this.byKernel = new int[spec.kernels().size()][];
    for (int k = 0; k < byKernel.length; k++) {
      int kernel = k;
      byKernel[k] = new int[(int) IntStream.of(labels).filter(l -> l == kernel).count()];
    }
    this.knownOfKernel = new int[byKernel.length];
  }

  /** All cases, known or not, as the kernels have them: what networks are measured on. */
  DecisionDomain domain() {
    return domain;
  }

  /** Learns that a word trapped, and that this kernel accepts it. */
  void trapped(int word, int kernel) {
    learn(word, kernel);
    trapped.set(domain.caseOf(word));
  }

  /** Asks which kernels accept random words. */
  void ask(int words) {
    for (int i = 0; i < words && !complete(); i++) {
      int word = (int) mix.next();
      learn(word, kernels.applyAsInt(word));
    }
  }

  /** Asks the kernels for a word of each case that is still unknown. */
  void askRest() {
    int[] words = domain.columns().words();
    for (int c = known.nextClearBit(0); c < domain.size(); c = known.nextClearBit(c + 1)) {
      learn(words[c], kernels.applyAsInt(words[c]));
    }
  }

  private void learn(int word, int kernel) {
    int at = domain.caseOf(word);
    if (domain.columns().labels()[at] != kernel) {
      throw new IllegalStateException(
          "kernel %d accepts %08x, but not all words of its case".formatted(kernel, word));
    }
    if (!known.get(at)) {
      known.set(at);
      byKernel[kernel][knownOfKernel[kernel]++] = at;
    }
  }

  /** Cases that are known. */
  int size() {
    return IntStream.of(knownOfKernel).sum();
  }

  boolean complete() {
    return size() == domain.size();
  }

  /** The known cases as a domain to train on. */
  DecisionDomain cases() {
    return complete() ? domain : domain.some(known.stream().toArray());
  }

  /** Known cases that are not among the proven ones. */
  int errors(BitSet proven) {
    return without(known, proven);
  }

  /** Cases that trapped and are not among the proven ones. */
  int trappedErrors(BitSet proven) {
    return without(trapped, proven);
  }

  private static int without(BitSet some, BitSet others) {
    BitSet rest = (BitSet) some.clone();
    rest.andNot(others);
    return rest.cardinality();
  }

  /**
   * Examples to learn from. While cases are unknown, half of them trapped and half are any known,
   * these evenly by kernel; then one in eight trapped and the others are members of every encoding
   * group, as the kernels label them.
   */
  DataSet samples() {
    int[] again = trapped.stream().toArray();
    Columns chosen = complete() ? members(again) : known(again);
    return new DataSet(chosen, chosen.some(new int[0]));
  }

  private Columns known(int[] again) {
    int[] present = IntStream.range(0, byKernel.length).filter(k -> knownOfKernel[k] > 0).toArray();
    int[] chosen = new int[SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
      int kernel = present[mix.below(present.length)];
      chosen[i] =
          i % 2 == 0 && again.length > 0
              ? again[mix.below(again.length)]
              : byKernel[kernel][mix.below(knownOfKernel[kernel])];
    }
    return domain.columns().some(chosen);
  }

  private Columns members(int[] again) {
    Columns drawn = DataSet.of(spec, mix.next()).training();
    int[] words = drawn.words().clone();
    for (int i = 0; i < words.length && again.length > 0; i += REPLAY) {
      words[i] = domain.columns().words()[again[mix.below(again.length)]];
    }
    return Columns.of(spec, words, drawn.pcs(), kernels);
  }
}
