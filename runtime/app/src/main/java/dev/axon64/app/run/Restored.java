package dev.axon64.app.run;

import com.google.gson.JsonElement;
import dev.axon64.codegen.support.InputException;
import dev.axon64.linux.LinuxMachine;
import dev.axon64.linux.snapshot.LazyPages;
import dev.axon64.linux.snapshot.Snapshot;
import dev.axon64.machine.memory.Prefetcher;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A guest that goes on from a snapshot.
 *
 * @param snapshot where it comes from
 * @param pages bring its pages
 */
record Restored(Snapshot snapshot, LazyPages pages) implements RunPart {
  /** Pages that a guest uses before a network is loaded for it, which takes about a second. */
  private static final int PATIENCE = 256;

  /**
   * Opens a snapshot.
   *
   * @param root whether the guest is given a root folder
   * @param guesses makes what fetches pages ahead
   * @throws InputException if it cannot be read, or was taken of a guest with another root
   */
  static Restored open(Path file, boolean root, Optional<Supplier<Prefetcher>> guesses) {
    Snapshot snapshot = Snapshot.open(file);
    boolean takenWithRoot = snapshot.image().lone() == null;
    if (takenWithRoot != root) {
      throw new InputException(
          "--restore " + file,
          takenWithRoot
              ? "was taken with a root folder; give the same --root"
              : "was taken without a root folder; leave out --root");
    }
    return new Restored(snapshot, new LazyPages(snapshot, guesses.orElse(null), PATIENCE));
  }

  /** Instructions that the guest has executed before. */
  long executed() {
    return snapshot.image().instructions();
  }

  @Override
  public void prepare(LinuxMachine.Builder machine) {
    machine.restore(snapshot, pages);
  }

  @Override
  public void close() {
    pages.close();
  }

  @Override
  public void report(RunOutcome outcome, PrintWriter err) {
    new ArrivalReport(pages.counts()).print(err);
  }

  @Override
  public Map<String, JsonElement> json(RunOutcome outcome) {
    return Map.of("arrivals", new ArrivalReport(pages.counts()).json());
  }
}
