package dev.axon64.weights.certify;

import dev.axon64.codegen.network.Network;
import dev.axon64.codegen.network.spec.SpecFile;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongConsumer;

/** Makes certificates, of all words at once or of shards that are merged. */
public final class Certification {
  private Certification() {}

  /**
   * Sweeps all 2^32 words and proves the rest.
   *
   * @param weightsFile name and SHA-256 of the file the weights came from
   * @param threads how many to use
   * @param progress is told, by any thread, how many words are done
   */
  public static Certificate certify(
      Network network, SpecFile weightsFile, int threads, LongConsumer progress) {
    return certify(network, weightsFile, threads, progress, WordRange.ALL);
  }

  /** As above for some of the words; that never certifies. */
  static Certificate certify(
      Network network, SpecFile weightsFile, int threads, LongConsumer progress, WordRange range) {
    Shard shard = new Certifier(network, weightsFile).sweep(range, threads, progress);
    return Merge.of(List.of(new Merge.Named("the sweep", shard)), range);
  }

  /** How many words a shard sweeps; {@code part} as for {@link #shard}. */
  public static long words(String part) {
    return WordRange.shard(part).size();
  }

  /**
   * Sweeps one shard.
   *
   * @param part {@code i/n}, from 1
   * @return the shard as JSON, for {@link #merge}
   * @throws dev.axon64.codegen.support.InputException if {@code part} is no such text
   */
  public static String shard(
      Network network, SpecFile weightsFile, String part, int threads, LongConsumer progress) {
    WordRange range = WordRange.shard(part);
    return CertificateFiles.text(
        new Certifier(network, weightsFile).sweep(range, threads, progress));
  }

  /**
   * The certificate of shards that together are all words: the same, byte for byte, as without
   * shards.
   *
   * @throws dev.axon64.codegen.support.InputException on a damaged file, shards of different
   *     networks, gaps and overlaps
   */
  public static Certificate merge(List<Path> shards) {
    return merge(shards, WordRange.ALL);
  }

  static Certificate merge(List<Path> shards, WordRange whole) {
    return Merge.of(
        shards.stream().map(f -> new Merge.Named(f.toString(), CertificateFiles.shard(f))).toList(),
        whole);
  }
}
