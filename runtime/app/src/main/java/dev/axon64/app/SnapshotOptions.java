package dev.axon64.app;

import dev.axon64.codegen.support.InputException;
import dev.axon64.linux.ExitStatus;
import dev.axon64.linux.LinuxMachine;
import dev.axon64.linux.snapshot.LazyPages;
import dev.axon64.linux.snapshot.Snapshot;
import dev.axon64.machine.memory.Prefetcher;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** Whether a run ends in a snapshot, and whether it begins with one. */
final class SnapshotOptions {
  /** Pages that a guest uses before a network is loaded for it, which takes about a second. */
  private static final int PATIENCE = 256;

  @Option(
      names = "--snapshot",
      paramLabel = "FILE",
      description = "Write the guest to a file after --snapshot-after instructions, and end.")
  private Path file;

  @Option(
      names = "--snapshot-after",
      paramLabel = "N",
      description = "When, in instructions since the program began.")
  private long after = -1;

  @Option(
      names = "--restore",
      paramLabel = "FILE",
      description =
          "Go on with a guest that --snapshot wrote, in place of PROGRAM. Its pages come from the"
              + " file when they are first used; --accelerate prefetch fetches ahead.")
  private Path restored;

  private Snapshot snapshot;

  /** Whether a snapshot is restored. */
  boolean restores() {
    return restored != null;
  }

  /**
   * Refuses what does not go together.
   *
   * @param given options that a restored guest has already
   */
  void check(GuestOptions guest, List<String> given) {
    if ((file == null) != (after < 0)) {
      throw new InputException(
          "--snapshot, --snapshot-after", "go together; give a file and how many instructions");
    }
    if (restored != null && guest.hasProgram()) {
      throw new InputException(
          "--restore " + restored,
          "goes on with its own program; leave out PROGRAM and what follows");
    }
    if (restored != null && !given.isEmpty()) {
      throw new InputException(
          String.join(", ", given), "is the restored guest's own already; leave it out");
    }
    if (restored != null) {
      snapshot = Snapshot.open(restored);
      checkRoot(guest);
      if (file != null && after < snapshot.image().instructions()) {
        throw new InputException(
            "--snapshot-after " + after,
            "is over: the restored guest has executed %d instructions; give more"
                .formatted(snapshot.image().instructions()));
      }
    }
  }

  private void checkRoot(GuestOptions guest) {
    boolean takenWithRoot = snapshot.image().lone() == null;
    if (takenWithRoot != guest.hasRoot()) {
      throw new InputException(
          "--restore " + restored,
          takenWithRoot
              ? "was taken with a root folder; give the same --root"
              : "was taken without a root folder; leave out --root");
    }
  }

  /** Instructions that a restored guest had executed before. */
  long before() {
    return snapshot == null ? 0 : snapshot.image().instructions();
  }

  /**
   * Who brings a restored guest's pages; null if none is restored.
   *
   * @param prefetchers null to fetch nothing ahead
   */
  LazyPages pages(Supplier<Prefetcher> prefetchers) {
    return snapshot == null ? null : new LazyPages(snapshot, prefetchers, PATIENCE);
  }

  /** Tells the machine. */
  void apply(LinuxMachine.Builder builder, LazyPages pages) {
    if (file != null) {
      builder.snapshot(after, file);
    }
    if (pages != null) {
      builder.restore(snapshot, pages);
    }
  }

  /** After the run: says that the snapshot was written, or complains that it was not. */
  void end(ExitStatus status, PrintWriter err) {
    if (file == null) {
      return;
    }
    if (status.ending() != ExitStatus.Ending.SNAPSHOT) {
      throw new InputException(
          "--snapshot-after " + after,
          "was not reached, the program ended after %d instructions; give fewer"
              .formatted(status.instructions()));
    }
    try {
      err.printf(
          Locale.ROOT,
          "axon64: snapshot after %,d instructions, %,d KiB; go on with run --restore %s%n",
          status.instructions(),
          Files.size(file) >> 10,
          file);
    } catch (IOException e) {
      throw new InputException(file.toString(), "was written and has gone", e);
    }
  }
}
