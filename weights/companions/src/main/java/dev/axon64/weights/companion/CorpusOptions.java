package dev.axon64.weights.companion;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where the programs come from. */
final class CorpusOptions {
  /** The checkout. */
  static final Path ROOT = Path.of(System.getProperty("axon64.root", ""));

  @Option(
      names = "--work",
      paramLabel = "DIR",
      required = true,
      description = "Where programs and recordings go; what is there is not made again.")
  private Path work;

  @Option(
      names = "--guests",
      paramLabel = "DIR",
      description = "The benchmarks' C programs. Default: runtime/guests/bench")
  private Path guests = ROOT.resolve("runtime/guests/bench");

  @Option(
      names = "--debian",
      paramLabel = "DIR",
      description = "A folder with Debian's arm64 busybox-static, coreutils and libc6 unpacked.")
  private Path debian;

  @Option(
      names = "--compiler",
      paramLabel = "NAME",
      description = "A gcc for AArch64. Default: aarch64-linux-gnu-gcc")
  private String compiler = "aarch64-linux-gnu-gcc";

  Path data() {
    return work.resolve("data");
  }

  Corpus corpus() throws IOException {
    Corpus corpus = new Corpus(Files.createDirectories(work.resolve("programs")), compiler);
    corpus.generate();
    corpus.guests(guests);
    if (debian != null) {
      corpus.debian(debian.resolve("bin/busybox").toString(), debian);
    }
    return corpus;
  }
}
