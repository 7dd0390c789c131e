package dev.axon64.weights.online;

import dev.axon64.codegen.network.Network;
import dev.axon64.codegen.network.spec.SpecFile;
import dev.axon64.codegen.support.Digests;
import dev.axon64.codegen.tensor.Tensor;
import dev.axon64.codegen.tensor.TensorFiles;
import dev.axon64.weights.certify.Certificate;
import dev.axon64.weights.certify.Certification;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/** Certifies a network that was just learnt. */
@FunctionalInterface
interface Certifying {
  /** All 2^32 words on one thread: less than a minute of a core for exact weights. */
  Certifying ALL_WORDS = Certifying::allWords;

  /**
   * @param progress is told how many words are done; may throw to end it
   * @return the certificate; empty if it does not hold
   */
  Optional<Certificate> certify(Network network, LongConsumer progress);

  private static Optional<Certificate> allWords(Network network, LongConsumer progress) {
    float[] flat = network.weights();
    byte[] npy = TensorFiles.npy(new Tensor("", List.of(flat.length), flat));
    SpecFile file = new SpecFile(network.spec().name() + ".npy", Digests.sha256(npy));
    Certificate certificate = Certification.certify(network, file, 1, progress);
    return Optional.of(certificate).filter(Certificate::certified);
  }
}
