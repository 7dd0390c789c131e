package dev.axon64.bench.snapshot;

import dev.axon64.codegen.support.InputException;
import dev.axon64.linux.ExitStatus;
import dev.axon64.linux.LinuxMachine;
import dev.axon64.linux.snapshot.ArrivalCounts;
import dev.axon64.linux.snapshot.LazyPages;
import dev.axon64.linux.snapshot.Snapshot;
import dev.axon64.machine.dispatch.ShippedDispatcher;
import dev.axon64.machine.engine.Engine;
import dev.axon64.machine.engine.Engines;
import dev.axon64.machine.memory.Prefetcher;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A guest's snapshot, taken when its table is built, which can be restored again and again. */
public final class RestoreRun {
  /** A seed with which the guest ends when it has built. */
  private static final String BUILD_ONLY = Long.toUnsignedString(Long.MIN_VALUE);

  private static final String SEED = "7";

  /** More than the instructions between the end of building and the end, if nothing is between. */
  private static final long END = 1000;

  private final TableGuest guest;
  private final Snapshot snapshot;
  private final String right;

  /**
   * A restored run.
   *
   * @param nanoseconds from the restoration to the guest's end
   */
  public record Result(ArrivalCounts counts, long nanoseconds) {}

  /** Runs the guest, and takes the snapshot into a folder. */
  public RestoreRun(TableGuest guest, Path folder) {
    this.guest = guest;
    Path program = guest.copyTo(folder);
    Path file = folder.resolve(guest.label() + ".snapshot");
    long built =
        start(program, BUILD_ONLY, new ByteArrayOutputStream()).build().run().instructions();
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    start(program, SEED, output).build().run();
    this.right = output.toString(StandardCharsets.UTF_8);
    start(program, SEED, new ByteArrayOutputStream()).snapshot(built - END, file).build().run();
    this.snapshot = Snapshot.open(file);
  }

  private static Supplier<Engine> engines() {
    return Engines.of(Engines.Policy.PAGE, ShippedDispatcher.A64::dispatcher, null);
  }

  private static LinuxMachine.Builder start(Path program, String seed, ByteArrayOutputStream out) {
    return new LinuxMachine.Builder(engines())
        .program(program.toString())
        .arguments(List.of("1", seed))
        .stdout(out);
  }

  private static Supplier<Prefetcher> always(Prefetcher prefetcher) {
    return () -> prefetcher;
  }

  /** Pages of the snapshot. */
  public int pages() {
    return snapshot.pages();
  }

  /** Bytes of its file. */
  public long bytes() {
    return snapshot.bytes();
  }

  /** Restores the guest and runs it to its end. What guesses is made and ready before. */
  public Result restore(Guesser guesser) {
    Optional<Prefetcher> prefetcher = guesser.maker().map(Supplier::get);
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    long start = System.nanoTime();
    try (LazyPages pages =
        new LazyPages(snapshot, prefetcher.map(RestoreRun::always).orElse(null), 0)) {
      ExitStatus status =
          new LinuxMachine.Builder(engines()).stdout(output).restore(snapshot, pages).build().run();
      long nanoseconds = System.nanoTime() - start;
      if (status.shellCode() != 0 || !right.equals(output.toString(StandardCharsets.UTF_8))) {
        throw new InputException(guest.label(), "has ended otherwise than without a snapshot");
      }
      return new Result(pages.counts(), nanoseconds);
    }
  }
}
