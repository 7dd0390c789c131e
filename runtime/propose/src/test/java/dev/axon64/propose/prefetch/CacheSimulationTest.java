package dev.axon64.propose.prefetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.machine.dispatch.ShippedDispatcher;
import dev.axon64.machine.engine.StepEngine;
import dev.axon64.machine.engine.Stop;
import dev.axon64.machine.state.CpuState;
import dev.axon64.propose.BareGuest;
import java.util.List;
import org.junit.jupiter.api.Test;

class CacheSimulationTest {
  private static final long CODE = 0x10000;
  private static final long DATA = 0x100000;
  private static final int BYTES = 1 << 16;

  /** loop: ldr x3, [x0], #8; str x3, [x0, #-8]; subs x1, x1, #1; b.ne loop; svc #0. */
  private static final int[] LOOP = {0xf8408403, 0xf81f8003, 0xf1000421, 0x54ffffa1, 0xd4000001};

  private static CpuState guest() {
    CpuState guest = BareGuest.of(CODE, LOOP, DATA, BYTES);
    guest.x[0] = DATA;
    guest.x[1] = BYTES / 8;
    return guest;
  }

  private static void run(CacheSimulation simulation, CpuState guest) {
    StepEngine engine = new StepEngine(ShippedDispatcher.A64.dispatcher(), simulation.observer());
    assertEquals(new Stop.SystemCall(0), engine.run(guest, 1_000_000));
  }

  @Test
  void countsWhatAProgramLoadsAndStores() {
    CacheSimulation simulation = CacheSimulation.ofBaselines();
    CpuState guest = guest();
    run(simulation, guest);
    guest.memory.load64(DATA); // not the program's
    List<CacheCounts> counts = simulation.counts();
    for (CacheCounts row : counts) {
      assertEquals(2 * BYTES / 8, row.accesses());
    }
    assertEquals(BYTES / 64, counts.get(0).l1Misses());
    assertTrue(counts.get(1).coverage(counts.get(0)) > 0.99);
  }

  @Test
  void processesDoNotShareLines() {
    CacheSimulation simulation = CacheSimulation.ofBaselines();
    run(simulation, guest());
    run(simulation, guest());
    assertEquals(2 * BYTES / 64, simulation.counts().get(0).l2Misses());
  }
}
