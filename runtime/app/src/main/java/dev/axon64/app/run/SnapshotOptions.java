package dev.axon64.app.run;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Snapshots that a run begins and ends with. */
final class SnapshotOptions {
  @Option(
      names = "--snapshot",
      paramLabel = "FILE",
      description = "Write the guest to this file after --snapshot-after instructions, and end.")
  private Optional<Path> file;

  @Option(
      names = "--snapshot-after",
      paramLabel = "N",
      description = "Write the snapshot after N instructions, counted since the program began.")
  private Optional<Long> after;

  @Option(
      names = "--restore",
      paramLabel = "FILE",
      description =
          "Go on with the guest that --snapshot wrote, in place of PROGRAM. Its pages come from the"
              + " file when they are first used, or before with --accelerate prefetch.")
  private Optional<Path> restored;

  /** What was asked for. */
  SnapshotRequest request() {
    return new SnapshotRequest(file, after, restored);
  }
}
