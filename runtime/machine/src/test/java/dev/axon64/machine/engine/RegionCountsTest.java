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
          new Regions(Pace.eager(1), Runnable::run, new Translator(), counts));

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

  /** The loop gets another constant twenty times. */
  @Test
  void regionsThatAreDroppedWithTheirCode() {
    CpuState cpu = Programs.words(0x91000400, 0xf1000442, 0x54ffffc1, SVC);
    for (int i = 1; i <= 20; i++) {
      cpu.memory.store32(Programs.CODE, 0x91000000 | i << 10);
      cpu.pc = Programs.CODE;
      cpu.x[2] = 200;
      engine.run(cpu, 1000);
    }
    assertEquals(20, counts.made());
    assertEquals(19, counts.dropped());
  }
}
