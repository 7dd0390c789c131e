package dev.axon64.codegen.dispatch;

import dev.axon64.codegen.network.Network;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.function.Supplier;

/**
 * A learnt network, which may take over the words for which its decision is proven.
 *
 * @param network spec and weights
 * @param dispatchers of a class that was generated and compiled for it
 * @param proven whether that class, asked for this single word, is proven to give it to the kernel
 *     that accepts it, at every pc
 * @param errors cases of the decision domain for which that is not so
 * @param cases of the decision domain
 * @param stage of training, a word
 * @param epoch of training
 * @param known cases whose kernel the learner knew when it made this
 * @param certificate of all 2^32 words as JSON, if there is one; then every word is proven, in
 *     batches too
 */
public record Candidate(
    Network network,
    Supplier<? extends Dispatcher> dispatchers,
    IntPredicate proven,
    int errors,
    int cases,
    String stage,
    int epoch,
    int known,
    Optional<String> certificate) {
  /** Whether the certificate holds. */
  public boolean certified() {
    return certificate.isPresent();
  }
}
