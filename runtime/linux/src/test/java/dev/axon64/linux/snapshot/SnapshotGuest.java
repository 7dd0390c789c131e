package dev.axon64.linux.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.codegen.support.InputException;
import dev.axon64.linux.ExitStatus;
import dev.axon64.linux.ExitStatus.Ending;
import dev.axon64.linux.LinuxMachine;
import dev.axon64.linux.process.GuestClock;
import dev.axon64.machine.dispatch.ShippedDispatcher;
import dev.axon64.machine.engine.Engine;
import dev.axon64.machine.engine.Engines;
import dev.axon64.machine.memory.Prefetcher;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** A program that snapshots are taken of, in a separate folder. */
public final class SnapshotGuest {
  /** The outcome of a run; {@code out} is the text of the guest's file, empty if there is none. */
  public record Outcome(ExitStatus status, String output, String out) {}

  private final Path root;
  private final String program;
  private final List<String> arguments;
  private final boolean lone;
  private byte[] input = new byte[0];
  public Supplier<Engine> engines =
      Engines.of(Engines.Policy.PAGE, ShippedDispatcher.A64::dispatcher, null);

  /** The counts of the last restored run. */
  ArrivalCounts counts;

  private SnapshotGuest(Path root, String program, boolean lone, String... arguments) {
    this.root = root;
    this.program = program;
    this.lone = lone;
    this.arguments = List.of(arguments);
  }

  /** A program that sees only itself. */
  public static SnapshotGuest lone(Path folder, String resource, String... arguments)
      throws IOException {
    Path file = copy(folder, resource);
    return new SnapshotGuest(folder, file.toString(), true, arguments);
  }

  /** The program of {@code runtime/guests/snapshot}, with its files. */
  public static SnapshotGuest changes(Path folder, String... arguments) throws IOException {
    copy(folder, "/dev/axon64/guests/snapshot/changes");
    byte[] in = new byte[10_000];
    new Random(1).nextBytes(in);
    Files.write(folder.resolve("in"), in);
    return new SnapshotGuest(folder, "/changes", false, arguments);
  }

  private static Path copy(Path folder, String resource) throws IOException {
    Path file = folder.resolve(resource.substring(resource.lastIndexOf('/') + 1));
    try (InputStream in = SnapshotGuest.class.getResourceAsStream(resource)) {
      Files.write(file, in.readAllBytes());
    }
    file.toFile().setExecutable(true);
    return file;
  }

  public SnapshotGuest input(String text) {
    input = text.getBytes(StandardCharsets.UTF_8);
    return this;
  }

  private LinuxMachine.Builder machine(ByteArrayOutputStream output) {
    LinuxMachine.Builder builder =
        new LinuxMachine.Builder(engines)
            .clock(GuestClock.virtual(Instant.ofEpochSecond(1_700_000_000)))
            .seed(1)
            .stdout(output);
    return lone ? builder : builder.root(root).writable(true);
  }

  /** Runs the program from its beginning to its end. */
  public Outcome run() throws IOException {
    fresh();
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    return outcome(start(output), output, null, 0);
  }

  /** Runs the program from its beginning to a snapshot. */
  public Outcome snapshot(long after, Path file) throws IOException {
    fresh();
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    return outcome(start(output), output, file, after);
  }

  private void fresh() throws IOException {
    Files.deleteIfExists(root.resolve("out"));
  }

  private LinuxMachine.Builder start(ByteArrayOutputStream output) {
    return machine(output)
        .program(program)
        .arguments(arguments)
        .stdin(new ByteArrayInputStream(input))
        .stdout(output);
  }

  /** Runs the program from a snapshot to its end. */
  public Outcome restore(Path file, Supplier<Prefetcher> prefetchers) throws IOException {
    return restore(file, prefetchers, null, 0);
  }

  /** Runs the program from a snapshot to another one. */
  public Outcome restore(Path file, Supplier<Prefetcher> prefetchers, Path next, long after)
      throws IOException {
    Snapshot snapshot = Snapshot.open(file);
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    try (LazyPages pages = new LazyPages(snapshot, prefetchers, 0)) {
      GuestImage.Input taken = snapshot.image().input();
      boolean rest = !taken.ended() && taken.unread().isEmpty();
      LinuxMachine.Builder builder =
          machine(output)
              .restore(snapshot, pages)
              .stdin(new ByteArrayInputStream(rest ? input : new byte[0]));
      Outcome outcome = outcome(builder, output, next, after);
      counts = pages.counts();
      return outcome;
    }
  }

  /**
   * Interrupts the guest anywhere, again and again; it ends as if that had not happened.
   *
   * @param prefetchers take turns in fetching ahead; null for none
   */
  public void interrupted(
      int tries, long seed, Random random, List<Supplier<Prefetcher>> prefetchers)
      throws IOException {
    Path file = root.resolve("snapshot");
    Outcome whole = run();
    assertEquals(Ending.EXITED, whole.status().ending());
    int refused = 0;
    for (int i = 0; i < tries; i++) {
      long after = random.nextLong(whole.status().instructions());
      Outcome first;
      try {
        first = snapshot(after, file);
      } catch (InputException e) {
        assertTrue(e.getMessage().contains("has 2 processes"), e.getMessage());
        refused++;
        continue;
      }
      assertEquals(Ending.SNAPSHOT, first.status().ending());
      assertEquals(after, first.status().instructions());
      Outcome second = restore(file, prefetchers.get(i % prefetchers.size()));
      String when = "seed %x, after %d".formatted(seed, after);
      assertEquals(whole.output(), first.output() + second.output(), when);
      assertEquals(whole.out(), second.out(), when);
      assertEquals(whole.status(), second.status(), when);
    }
    assertTrue(refused < tries / 2 + 1, "refused " + refused + " of " + tries);
  }

  private Outcome outcome(
      LinuxMachine.Builder builder, ByteArrayOutputStream output, Path file, long after)
      throws IOException {
    if (file != null) {
      builder.snapshot(after, file);
    }
    builder.stdout(output);
    ExitStatus status = builder.build().run();
    Path out = root.resolve("out");
    return new Outcome(
        status,
        output.toString(StandardCharsets.UTF_8),
        Files.exists(out) ? Files.readString(out, StandardCharsets.UTF_8) : "");
  }
}
