package dev.axon64.machine.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.machine.dispatch.ShippedDispatcher;
import dev.axon64.machine.state.CpuState;
import dev.axon64.machine.translate.Region;
import dev.axon64.machine.translate.Translator;
import dev.axon64.machine.translate.Translator.Translation;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A guest whose code changes for ever: what was made of old code is given back. */
class ChangingCodeTest {
  private static final long OTHER = Programs.CODE + 0x3000;
  private static final int GENERATIONS = 300;

  /** loop: blr x4; subs x2, x2, #1; b.ne loop; svc. This page stays. */
  private static final int[] STAYS = {0xd63f0080, 0xf1000442, 0x54ffffc1, 0xd4000001};

  private static final int RET = 0xd65f03c0;

  /** add x0, x0, #value. */
  private static int add(int value) {
    return 0x91000000 | value << 10;
  }

  /** Runs generation after generation, each of so many rounds. */
  private static Regions run(int rounds, RegionWatch watch) {
    Regions regions = new Regions(Pace.eager(2), Runnable::run, new Translator(), watch);
    PageDecisions decisions = new PageDecisions(ShippedDispatcher.A64.dispatcher());
    TranslatedEngine engine = new TranslatedEngine(decisions, regions);
    CpuState cpu = Programs.words(STAYS);
    cpu.memory.map(OTHER, 4096, 7, "other code");
    cpu.memory.store32(OTHER + 4, RET);
    long expected = 0;
    for (int i = 1; i <= GENERATIONS; i++) {
      cpu.memory.store32(OTHER, add(i));
      cpu.pc = Programs.CODE;
      cpu.x[2] = rounds;
      cpu.x[4] = OTHER;
      assertEquals(new Stop.SystemCall(0), engine.run(cpu, 10_000));
      expected += (long) i * rounds;
    }
    assertEquals(expected, cpu.x[0]);
    return regions;
  }

  /** What would be translated for less than it costs is left to the scalar engine. */
  @Test
  void codeThatChangesOftenTakesLongerToBecomeHot() {
    List<Long> made = new ArrayList<>();
    run(
        10,
        each -> {
          made.add(each.pc());
          return each.translation().map(Translation::region);
        });
    long changing = made.stream().filter(pc -> pc >= OTHER).count();
    assertTrue(changing < 10, changing + " regions of code that changes");
  }

  @Test
  void oldRegionsAreGivenBack() {
    List<WeakReference<Region>> made = new ArrayList<>();
    Regions regions =
        run(
            500,
            each -> {
              each.translation().ifPresent(t -> made.add(new WeakReference<>(t.region())));
              return each.translation().map(Translation::region);
            });
    assertTrue(made.size() > GENERATIONS, made.size() + " regions were made");
    assertTrue(regions.instructions() < 3000, regions.instructions() + " instructions are kept");
    System.gc();
    long alive = made.stream().filter(each -> each.get() != null).count();
    assertTrue(alive < GENERATIONS / 2, alive + " of " + made.size() + " regions are alive");
  }
}
