package dev.axon64.weights.online;

import dev.axon64.codegen.dispatch.CompiledDispatcher;
import dev.axon64.codegen.dispatch.MarginDispatcher;
import dev.axon64.codegen.network.Lowering;
import dev.axon64.codegen.network.Network;
import dev.axon64.codegen.network.spec.DispatchSpec;
import dev.axon64.codegen.network.spec.Source;
import dev.axon64.weights.data.Columns;
import dev.axon64.weights.data.DecisionDomain;
import java.util.BitSet;

/**
 * For which cases of the decision domain a generated class gives a word to the kernel that accepts
 * it, asked for single words: batches need the certificate, because vectors take seconds to be
 * compiled. The network reads no word bits but those of its case, and no weight reaches a bit of
 * the pc; so the class, asked for one word of a case, is known for all words of the case at every
 * pc. Nothing is assumed of the arithmetic: the class that is asked is the one that takes over.
 *
 * @param dispatchers the class
 * @param proven the cases
 */
record CaseProof(CompiledDispatcher dispatchers, BitSet proven) {
  /** Generates and compiles the class, and asks it for every case. */
  static CaseProof of(Network network, DecisionDomain domain) {
    CompiledDispatcher compiled = CompiledDispatcher.of(Lowering.lower(network));
    BitSet proven = new BitSet();
    if (!blind(network)) {
      return new CaseProof(compiled, proven);
    }
    Columns all = domain.columns();
    MarginDispatcher dispatcher = compiled.get();
    for (int c = 0; c < all.size(); c++) {
      if (dispatcher.kernel(all.words()[c], all.pcs()[c]) == all.labels()[c]) {
        proven.set(c);
      }
    }
    return new CaseProof(compiled, proven);
  }

  /**
   * Whether all weights that meet a bit of the pc are zero, and the embedding's row is a word's.
   */
  static boolean blind(Network network) {
    DispatchSpec spec = network.spec();
    if (spec.index().source() == Source.PC) {
      return false;
    }
    for (int f = 0; f < spec.features().size(); f++) {
      boolean pc =
          spec.features().get(f).field().filter(at -> at.source() == Source.PC).isPresent();
      for (int u = 0; pc && u < spec.layers().get(0).outputs(); u++) {
        if (network.weight(0, u, spec.embeddingWidth() + f) != 0) {
          return false;
        }
      }
    }
    return true;
  }
}
