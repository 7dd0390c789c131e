package dev.axon64.machine.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.machine.dispatch.ShippedDispatcher;
import dev.axon64.machine.state.CpuState;
import dev.axon64.machine.translate.Translator;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is counted of regions. */
class RegionCountsTest {
  private static final int SVC = 0xd4000001;

  private final RegionCounts counts = new RegionCounts();

  private final TranslatedEngine engine =
      new TranslatedEngine(
          new PageDecisions(ShippedDispatcher.A64.dispatcher()),
          new Regions(1, Runnable::run, new Translator(), counts));

  /** A loop of three instructions, translated at once; no region can execute the system call. */
  @Test
  void aLoop() {
    // loop: add x0, x0, #1; subs x2, x2, #1; b.ne loop; svc
    CpuState cpu = Programs.words(0x91000400, 0xf1000442, 0x54ffffc1, SVC);
    cpu.x[2] = 100;
    engine.run(cpu, 1000);
    assertEquals(1, counts.made());
    assertEquals(0, counts.refused() + counts.dropped());
    assertEquals(3, counts.instructions());
    assertTrue(counts.bytes() > 20 && counts.nanoseconds() > 0);
    assertEquals(1, counts.entries());
    assertEquals(100 * 3, counts.executed());
    assertEquals(Map.of("unable", 1L), counts.exits());
  }

  /** A loop that changes itself in each round. */
  @Test
  void regionsThatTheGuestDrops() {
    // loop: ldr w3, [x2]; add w3, w3, #0x400; str w3, [x2]; add x0, x0, #0; subs x1, x1, #1;
    // b.ne loop; svc
    CpuState cpu =
        Programs.words(0xb9400043, 0x11100063, 0xb9000043, 0x91000000, 0xf1000421, 0x54ffff61, SVC);
    cpu.x[1] = 1000;
    cpu.x[2] = Programs.CODE + 3 * Integer.BYTES;
    engine.run(cpu, 10_000);
    assertTrue(counts.made() > 10, counts.made() + " regions");
    assertEquals(counts.made() - 1, counts.dropped());
  }
}
