package dev.axon64.app.run;

import dev.axon64.codegen.support.InputException;
import dev.axon64.linux.ExitStatus;
import dev.axon64.linux.LinuxMachine;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * A snapshot that a run ends with.
 *
 * @param file where it is written
 * @param after instructions since the guest began
 */
record Saving(Path file, long after) implements RunPart {
  /**
   * What was asked for.
   *
   * @param executed instructions that the guest has executed before
   * @throws InputException if these are more
   */
  static Saving of(SnapshotRequest request, Path file, long executed) {
    long after = request.after().orElseThrow();
    if (after < executed) {
      throw new InputException(
          "--snapshot-after " + after,
          "is over: the restored guest has executed %d instructions; give more"
              .formatted(executed));
    }
    return new Saving(file, after);
  }

  @Override
  public void prepare(LinuxMachine.Builder machine) {
    machine.snapshot(after, file);
  }

  /** Says that the snapshot was written, or complains that it was not. */
  @Override
  public void report(RunOutcome outcome, PrintWriter err) {
    ExitStatus status = outcome.status();
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
