package dev.axon64.propose.accelerate;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.codegen.isa.Meanings;
import dev.axon64.linux.snapshot.SnapshotGuest;
import dev.axon64.machine.dispatch.ShippedDispatcher;
import dev.axon64.machine.engine.Engines;
import dev.axon64.propose.prefetch.NextLine;
import dev.axon64.propose.prefetch.StrideTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A guest whose loops are applied at once can be interrupted anywhere. */
class AcceleratedSnapshotsTest {
  private static final long SEED = 0x5eed;
  private static final int TRIES = Math.max(6, Integer.getInteger("axon64.tries", 1000) / 100);

  @TempDir private Path folder;

  @Test
  void endsAsIfNobodyHadInterruptedIt() throws IOException {
    Meanings meanings = Meanings.a64();
    Accelerator accelerator =
        new Accelerator(
            Set.of(Accelerator.Network.LOOPS),
            () -> meanings,
            null,
            Runnable::run,
            null,
            Heat.AT_ONCE);
    SnapshotGuest guest = SnapshotGuest.lone(folder, "/dev/axon64/guests/loops/copy", "20", "7");
    guest.engines =
        Engines.of(Engines.Policy.PAGE, ShippedDispatcher.A64::dispatcher, null, accelerator);
    guest.interrupted(
        TRIES, SEED, new Random(SEED), Arrays.asList(null, NextLine::new, StrideTable::new));
    assertTrue(accelerator.tallies().values().stream().anyMatch(tally -> tally.applied > 0));
  }
}
