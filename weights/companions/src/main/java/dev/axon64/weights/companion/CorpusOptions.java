package dev.axon64.weights.companion;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The programs that are recorded. */
final class CorpusOptions {
  @Option(
      names = "--work",
      paramLabel = "DIR",
      required = true,
      description = "Keep programs and recordings in this folder; what is there is not made again.")
  private Path work;

  @Option(
      names = "--guests",
      paramLabel = "DIR",
      description = "Compile the benchmarks' C programs here. Default: runtime/guests/bench.")
  private Path guests = Corpus.ROOT.resolve("runtime/guests/bench");

  @Option(
      names = "--debian",
      paramLabel = "DIR",
      description =
          "Also record programs of this folder, into which Debian's arm64 busybox-static, coreutils"
              + " and libc6 are unpacked.")
  private Optional<Path> debian;

  @Option(
      names = "--compiler",
      paramLabel = "NAME",
      description = "Compile with this gcc for AArch64. Default: ${DEFAULT-VALUE}.")
  private String compiler = "aarch64-linux-gnu-gcc";

  Path data() {
    return work.resolve("data");
  }

  Corpus corpus() throws IOException {
    Corpus corpus = new Corpus(Files.createDirectories(work.resolve("programs")), compiler);
    corpus.generate();
    corpus.guests(guests);
    debian.ifPresent(root -> corpus.debian(root.resolve("bin/busybox").toString(), root));
    return corpus;
  }
}
