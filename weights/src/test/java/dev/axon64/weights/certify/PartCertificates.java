package dev.axon64.weights.certify;

import dev.axon64.codegen.network.Network;
import dev.axon64.codegen.network.spec.SpecFile;

/** Certificates over some of the words, for tests outside this package. */
public final class PartCertificates {
  private PartCertificates() {}

  /** Over 2^24 words; never certifies. */
  public static Certificate of(Network network, SpecFile file, long from) {
    return Certification.certify(
        network, file, 1, done -> {}, new WordRange(from, from + (1 << 24)));
  }

  /** Whether nothing speaks against it but that words are missing. */
  public static boolean holds(Certificate certificate) {
    return certificate.reasons().size() == 1 && certificate.reasons().get(0).startsWith("only ");
  }
}
