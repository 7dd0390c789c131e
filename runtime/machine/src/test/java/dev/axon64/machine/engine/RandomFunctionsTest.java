package dev.axon64.machine.engine;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.machine.dispatch.ShippedDispatcher;
import dev.axon64.machine.lockstep.DifferenceFound;
import dev.axon64.machine.lockstep.LockstepEngine;
import dev.axon64.machine.lockstep.RegionLog;
import dev.axon64.machine.state.CpuState;
import dev.axon64.machine.translate.Translator;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Random guests of functions, translated and in lockstep with the scalar engine. */
class RandomFunctionsTest {
  private static final int DEFAULT = 200;
  private static final int CAMPAIGN = 200_000;
  private static final long MOST = 20_000;

  /** Every other guest may keep so many instructions in regions, which is hardly a region. */
  private static final int FEW = 40;

  /** Instructions in the largest region. */
  private static final int LARGEST = 300;

  /** What a turn costs beside its instructions. */
  private static final long TURN = 500;

  private final PageDecisions decisions = new PageDecisions(ShippedDispatcher.A64.dispatcher());
  private long executed;
  private long regions;

  @Test
  void noneDiffers() {
    int guests =
        Integer.getInteger(
            "axon64.functions", Boolean.getBoolean("axon64.campaign") ? CAMPAIGN : DEFAULT);
    long first = Long.getLong("axon64.seed", 1);
    for (long seed = first; seed < first + guests; seed++) {
      try {
        run(seed);
      } catch (DifferenceFound found) {
        throw new AssertionError("guest " + seed + ": " + found.difference(), found);
      } catch (RuntimeException | Error e) {
        throw new AssertionError("guest " + seed, e);
      }
    }
    System.out.printf(
        "%,d random guests of functions, none differs in %,d instructions; %,d regions%n",
        guests, executed, regions);
    assertTrue(regions > guests, "hardly anything was translated");
  }

  private void run(long seed) {
    CpuState cpu = RandomFunctions.guest(seed);
    SplittableRandom random = new SplittableRandom(seed);
    RegionLog log = new RegionLog(new Translator());
    int most = seed % 2 == 0 ? FEW : LiveRegions.MOST;
    Pace pace = seed % 4 == 0 ? new Pace(1, 64, 192, 500, 4) : Pace.eager(1 + (int) (seed % 3));
    Regions made = new Regions(pace, Runnable::run, new Translator(), log, most);
    LockstepEngine engine =
        new LockstepEngine(
            new TranslatedEngine(decisions, made),
            () -> new PageEngine(decisions, null, null),
            log);
    long left = MOST;
    Stop stop = Stop.BUDGET;
    while (left > 0 && stop instanceof Stop.Budget) {
      long budget = Math.min(left, random.nextInt(3) == 0 ? random.nextInt(1, 500) : left);
      stop = engine.run(cpu, budget);
      assertTrue(engine.executed() <= budget, "more instructions than there may be");
      executed += engine.executed();
      left -= engine.executed() + TURN;
      if (stop instanceof Stop.Fault || stop instanceof Stop.Undefined) {
        cpu.pc += Integer.BYTES; // as a handler might
        stop = Stop.BUDGET;
      }
    }
    regions += log.made();
    assertTrue(made.instructions() <= Math.max(most, LARGEST), made.instructions() + " are kept");
  }
}
