package dev.axon64.machine.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.machine.dispatch.ShippedDispatcher;
import dev.axon64.machine.state.CpuState;
import dev.axon64.machine.translate.Translator;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What of the code that a hot address reaches becomes part of its region. */
class RareBranchesTest {
  private static final int TURNS = 100_000;

  /**
   * loop: cbnz x5, rare; next: add x0, #1; subs x1, #1; b.ne loop; svc; rare: add x0, #2; b next.
   */
  private static final int[] LOOP = {
    0xb50000a5, 0x91000400, 0xf1000421, 0x54ffffa1, 0xd4000001, 0x91000800, 0x17fffffb
  };

  private static final long RARE = Programs.CODE + 5 * Integer.BYTES;

  /** Runs the loop to its end; returns the blocks of the regions that were made. */
  private static List<Long> blocks(long x5, long sum) {
    List<Long> blocks = new ArrayList<>();
    RegionWatch watch =
        made -> {
          made.translation().ifPresent(translation -> blocks.addAll(translation.blocks()));
          return RegionWatch.NONE.made(made);
        };
    PageDecisions decisions = new PageDecisions(ShippedDispatcher.A64.dispatcher());
    Regions regions = new Regions(Pace.eager(1000), Runnable::run, new Translator(), watch);
    CpuState cpu = Programs.words(LOOP);
    cpu.x[1] = TURNS;
    cpu.x[5] = x5;
    Stop stop = new TranslatedEngine(decisions, regions).run(cpu, 10L * TURNS);
    assertEquals(new Stop.SystemCall(0), stop);
    assertEquals(sum, cpu.x[0]);
    assertTrue(blocks.contains(Programs.CODE), "the loop is translated");
    return blocks;
  }

  @Test
  void whereNoBranchHasLedStaysOut() {
    assertFalse(blocks(0, TURNS).contains(RARE));
  }

  @Test
  void whereBranchesHaveLedIsPart() {
    assertTrue(blocks(1, 3L * TURNS).contains(RARE));
  }
}
