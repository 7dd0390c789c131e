package dev.axon64.linux.snapshot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.codegen.support.InputException;
import dev.axon64.linux.LinuxMachine;
import dev.axon64.machine.dispatch.ShippedDispatcher;
import dev.axon64.machine.engine.EngineKinds;
import dev.axon64.machine.engine.Engines;
import dev.axon64.machine.memory.Prefetcher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A guest that was interrupted by a snapshot ends as if nothing had happened. */
class SnapshotTest {
  private static final int TRIES = Math.max(6, Integer.getInteger("axon64.tries", 1000) / 100);
  private static final long SEED = 0x736e6170L;

  @TempDir Path folder;
  private final Random random = new Random(SEED);

  /** Fetches the next page. */
  static final class Next implements Prefetcher {
    @Override
    public String name() {
      return "next";
    }

    @Override
    public void access(long pc, long page, boolean useful, LongConsumer fetch) {
      fetch.accept(page + 1);
    }
  }

  /** Fetches random pages nearby. */
  private static final class Wild implements Prefetcher {
    private final Random random = new Random(SEED);

    @Override
    public String name() {
      return "wild";
    }

    @Override
    public void access(long pc, long page, boolean useful, LongConsumer fetch) {
      for (int i = 0; i < 4; i++) {
        fetch.accept(page + random.nextInt(-20, 20));
      }
    }
  }

  private static final List<Supplier<Prefetcher>> PREFETCHERS =
      Arrays.asList(null, Next::new, Wild::new);

  private void interrupted(SnapshotGuest guest, int tries) throws IOException {
    guest.interrupted(tries, SEED, random, PREFETCHERS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"copy", "string", "checksum"})
  void programsThatSeeOnlyThemselves(String name) throws IOException {
    interrupted(SnapshotGuest.lone(folder, "/dev/axon64/guests/loops/" + name, "3", "7"), TRIES);
  }

  @Test
  void aProgramThatChangesItsMappingsAndFiles() throws IOException {
    interrupted(SnapshotGuest.changes(folder, "4"), 3 * TRIES);
  }

  @Test
  void aProgramThatForks() throws IOException {
    interrupted(SnapshotGuest.changes(folder, "4", "f"), 3 * TRIES);
  }

  @Test
  void onTheOtherEngines() throws IOException {
    SnapshotGuest guest = SnapshotGuest.changes(folder, "2", "f");
    guest.engines = Engines.of(Engines.Policy.EACH, ShippedDispatcher.A64::dispatcher, null);
    interrupted(guest, 2);
    guest.engines =
        EngineKinds.named("lanes").open(ShippedDispatcher.A64.network(), Engines.Policy.PAGE, null);
    interrupted(guest, 4);
  }

  /** All that a snapshot holds is restored: taken again, it is the same to the last byte. */
  @ParameterizedTest
  @ValueSource(strings = {"x", "f"})
  void aSnapshotOfARestoredGuestIsThatOfTheGuest(String mode) throws IOException {
    SnapshotGuest guest = SnapshotGuest.changes(folder, "4", mode);
    long most = guest.run().status().instructions();
    Path early = folder.resolve("early");
    Path direct = folder.resolve("direct");
    Path late = folder.resolve("late");
    int compared = 0;
    for (int i = 0; i < TRIES; i++) {
      long first = random.nextLong(most);
      long second = random.nextLong(first, most);
      try {
        guest.snapshot(second, direct);
        guest.snapshot(first, early);
      } catch (InputException e) {
        assertTrue(e.getMessage().contains("has 2 processes"), e.getMessage());
        continue;
      }
      guest.restore(early, PREFETCHERS.get(i % PREFETCHERS.size()), late, second);
      assertArrayEquals(
          Files.readAllBytes(direct),
          Files.readAllBytes(late),
          "seed %x, from %d to %d".formatted(SEED, first, second));
      compared++;
    }
    assertTrue(compared > 0);
  }

  @Test
  void pagesComeOnlyWhenTheyAreUsed() throws IOException {
    SnapshotGuest guest = SnapshotGuest.changes(folder, "4");
    long most = guest.run().status().instructions();
    Path file = folder.resolve("snapshot");
    guest.snapshot(most - 100, file);
    guest.restore(file, null);
    assertTrue(guest.counts.pages() > 40, "pages " + guest.counts.pages());
    assertTrue(guest.counts.onDemand() < 20, "arrived " + guest.counts.onDemand());
    assertTrue(guest.counts.onDemand() > 0);
  }

  @Test
  void inputThatWasTakenAndNotReadIsKept() throws IOException {
    // All of the input is taken at once: a restored guest is given it only if nothing was.
    SnapshotGuest guest = SnapshotGuest.changes(folder, "4", "i").input("0123456789".repeat(35));
    interrupted(guest, TRIES);
    assertTrue(guest.run().output().contains("input"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "p has a pipe or the like open as descriptor 5",
        "d has a folder open as descriptor 5",
        "t has files in /tmp, /dev/shm or other places that are in memory",
        "s has mapped /out for writing",
        "w has signal 10 waiting",
      })
  void whatCannotBePutBackIsRefused(String modeAndReason) throws IOException {
    SnapshotGuest guest = SnapshotGuest.changes(folder, "1", modeAndReason.substring(0, 1));
    Path file = folder.resolve("snapshot");
    InputException refusal =
        assertThrows(InputException.class, () -> guest.snapshot(200_000, file));
    assertEquals(
        file
            + ": the guest "
            + modeAndReason.substring(2)
            + ", which cannot be put back; take the snapshot at another time",
        refusal.getMessage());
    assertTrue(Files.notExists(file));
  }

  @Test
  void threadsAreRefused() throws IOException {
    SnapshotGuest guest =
        SnapshotGuest.lone(folder, "/dev/axon64/guests/linux/personality", "threads");
    long most = guest.run().status().instructions();
    String last = "";
    for (int i = 1; i < 20 && !last.contains("threads"); i++) {
      try {
        guest.snapshot(most * i / 20, folder.resolve("snapshot"));
      } catch (InputException e) {
        last = e.getMessage();
      }
    }
    assertTrue(last.matches(".*: the guest has \\d+ threads, which cannot be put back; .*"), last);
  }

  @Test
  void filesThatAreNotAsTheyWereAreRefused() throws IOException {
    SnapshotGuest guest = SnapshotGuest.changes(folder, "2");
    Path file = folder.resolve("snapshot");
    guest.snapshot(300_000, file);
    Files.write(folder.resolve("in"), new byte[3]);
    InputException shorter = assertThrows(InputException.class, () -> guest.restore(file, null));
    assertEquals(
        file
            + ": the guest's file /in has 3 bytes, not 10000; give the root folder that the"
            + " snapshot was taken with, with the same files",
        shorter.getMessage());
    Files.delete(folder.resolve("in"));
    InputException gone = assertThrows(InputException.class, () -> guest.restore(file, null));
    assertTrue(gone.getMessage().contains("file /in is not there (ENOENT)"), gone.getMessage());
  }

  @Test
  void theRootFolderMustBeAsItWas() throws IOException {
    Path file = folder.resolve("snapshot");
    SnapshotGuest lone = SnapshotGuest.lone(folder, "/dev/axon64/guests/loops/copy", "3", "7");
    lone.snapshot(1000, file);
    assertEquals(
        file + ": was taken without a root folder; give none",
        refusedWithRoot(lone, file, folder).getMessage());
    SnapshotGuest changes = SnapshotGuest.changes(folder, "1");
    changes.snapshot(1000, file);
    assertEquals(
        file + ": was taken with a root folder; give the same one",
        refusedWithRoot(changes, file, null).getMessage());
  }

  private static InputException refusedWithRoot(SnapshotGuest guest, Path file, Path root) {
    Snapshot snapshot = Snapshot.open(file);
    try (LazyPages pages = new LazyPages(snapshot, null, 0)) {
      LinuxMachine machine =
          new LinuxMachine.Builder(guest.engines).root(root).restore(snapshot, pages).build();
      return assertThrows(InputException.class, machine::run);
    }
  }
}
