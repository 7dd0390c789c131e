package dev.axon64.machine.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.machine.dispatch.ShippedDispatcher;
import dev.axon64.machine.lockstep.LockstepEngine;
import dev.axon64.machine.lockstep.RegionLog;
import dev.axon64.machine.state.CpuState;
import dev.axon64.machine.translate.Translator;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Runs guests translated at once, in lockstep with the scalar engine. */
final class TranslatedRun {
  /** Instructions that an engine is asked for at a time. */
  static final int[] TURNS = {7, 100, 100_000};

  private final PageDecisions decisions = new PageDecisions(ShippedDispatcher.A64.dispatcher());
  private final List<String> regions = new ArrayList<>();
  private TranslatedEngine engine;

  /** New engines. */
  LockstepEngine both() {
    RegionLog log = new RegionLog(new Translator());
    RegionWatch watch =
        made -> {
          new Translator()
              .text(made.code(), made.pc(), made.generation())
              .ifPresent(text -> regions.add(String.join("\n", text.ir())));
          return log.made(made);
        };
    engine =
        new TranslatedEngine(
            decisions, new Regions(Pace.eager(1), Runnable::run, new Translator(), watch));
    return new LockstepEngine(engine, () -> new PageEngine(decisions, null, null), log);
  }

  /** Runs to the system call in turns of so many instructions. */
  void run(CpuState cpu, long turn) {
    LockstepEngine both = both();
    Stop stop = Stop.BUDGET;
    for (long left = 200_000; left > 0 && stop instanceof Stop.Budget; left -= turn) {
      stop = both.run(cpu, turn);
    }
    assertEquals(new Stop.SystemCall(0), stop);
    assertEquals(0, both.unchecked());
  }

  /** What the regions do that have been made, each in words. */
  List<String> regions() {
    return regions;
  }

  /**
   * Runs a guest in turns of each length.
   *
   * @param code the guest's, which has a stack; see {@link Programs#words}
   * @param start sets what else it starts with
   * @param expected what a register holds in the end
   */
  void check(int[] code, Consumer<CpuState> start, int register, long expected) {
    for (int turn : TURNS) {
      CpuState cpu = Programs.words(code);
      cpu.x[CpuState.SP] = Programs.DATA + 2048;
      start.accept(cpu);
      run(cpu, turn);
      assertEquals(expected, cpu.x[register]);
      assertTranslated(turn);
    }
  }

  /** Turns that are shorter than regions are left to the scalar engine. */
  void assertTranslated(long turn) {
    assertTrue(turn < 1000 || engine.translated() > 1000, engine.translated() + " were translated");
  }
}
