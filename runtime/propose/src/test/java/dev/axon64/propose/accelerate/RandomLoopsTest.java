package dev.axon64.propose.accelerate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.codegen.isa.Meanings;
import dev.axon64.machine.dispatch.ShippedDispatcher;
import dev.axon64.machine.engine.Engine;
import dev.axon64.machine.engine.Engines;
import dev.axon64.machine.engine.LaneEngine;
import dev.axon64.machine.engine.Stop;
import dev.axon64.machine.memory.MemoryFault;
import dev.axon64.machine.memory.MemoryLimit;
import dev.axon64.machine.state.CpuState;
import dev.axon64.machine.state.Register;
import dev.axon64.machine.state.Registers;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whatever the checker lets through changes nothing but the time it takes. */
class RandomLoopsTest {
  private static final int DEFAULT = 3000;
  private static final int CAMPAIGN = 1_000_000;
  private static final int MOST = 20_000;
  private static final int MEMORY = 1 << 22;
  private static final int LANES = 512;
  private static final int LANES_CAMPAIGN = 20_000;
  private static final int SIDE_BY_SIDE = 64;

  private final Meanings meanings = Meanings.a64();
  private long applied;
  private long skipped;
  private long executed;

  @Test
  void endAlikeWithAndWithoutAcceleration() {
    int guests =
        Integer.getInteger(
            "axon64.loops", Boolean.getBoolean("axon64.campaign") ? CAMPAIGN : DEFAULT);
    long first = Long.getLong("axon64.seed", 1);
    for (long seed = first; seed < first + guests; seed++) {
      String difference = difference(seed);
      assertTrue(difference.isEmpty(), "guest " + seed + ": " + difference);
    }
    System.out.printf(
        "%,d random guests of loops, none differs; %,d times loops were applied at once,"
            + " %,d of %,d instructions%n",
        guests, applied, skipped, executed);
    assertTrue(skipped > executed / 20, "hardly anything was accelerated");
  }

  /** Different guests side by side: loops are applied for each lane by itself. */
  @Test
  void endAlikeInLanes() {
    int guests =
        Integer.getInteger(
            "axon64.loops", Boolean.getBoolean("axon64.campaign") ? LANES_CAMPAIGN : LANES);
    Accelerator accelerator = accelerator();
    LaneEngine lanes = new LaneEngine(ShippedDispatcher.A64::dispatcher, () -> accelerator);
    long first = Long.getLong("axon64.seed", 1);
    for (long seed = first; seed < first + guests; seed += SIDE_BY_SIDE) {
      long from = seed;
      List<CpuState> fast =
          IntStream.range(0, SIDE_BY_SIDE)
              .mapToObj(i -> RandomLoops.guest(from + i / 2, new MemoryLimit(MEMORY)))
              .toList();
      Stop[] stops = lanes.run(fast, MOST);
      for (int i = 0; i < SIDE_BY_SIDE; i++) {
        CpuState plain = RandomLoops.guest(from + i / 2, new MemoryLimit(MEMORY));
        Engine alone = engine(null);
        Stop expected = alone.run(plain, MOST);
        String what = "guest " + (from + i / 2) + " in lane " + i;
        assertEquals(text(expected), text(stops[i]), what);
        assertEquals(alone.executed(), lanes.executed(i), what);
        assertEquals("", state(plain, fast.get(i)), what);
        executed += alone.executed();
      }
    }
    Tally tally = accelerator.tallies().get(Accelerator.Network.LOOPS);
    System.out.printf(
        "%,d random guests of loops in lanes, none differs; %,d of %,d instructions applied at"
            + " once%n",
        guests, tally.skipped, executed);
    assertTrue(tally.skipped > executed / 20, "hardly anything was accelerated");
  }

  /** The same guests on the engine that translates what they repeat. */
  @Test
  void endAlikeTranslated() {
    int guests =
        Integer.getInteger(
            "axon64.loops", Boolean.getBoolean("axon64.campaign") ? CAMPAIGN : DEFAULT);
    long first = Long.getLong("axon64.seed", 1);
    for (long seed = first; seed < first + guests; seed++) {
      Engine fast = Engines.translated(ShippedDispatcher.A64::dispatcher, 2, Runnable::run).get();
      MemoryLimit limit = seed % 4 == 0 ? new MemoryLimit(MEMORY) : MemoryLimit.flat(MEMORY);
      String difference = difference(seed, fast, limit);
      assertTrue(difference.isEmpty(), "guest " + seed + ": " + difference);
    }
    System.out.printf(
        "%,d random guests of loops translated, none differs in %,d instructions%n",
        guests, executed);
  }

  private Accelerator accelerator() {
    return new Accelerator(
        Set.of(Accelerator.Network.LOOPS), () -> meanings, null, Runnable::run, null, Heat.AT_ONCE);
  }

  private Engine engine(Accelerator accelerator) {
    return Engines.of(Engines.Policy.PAGE, ShippedDispatcher.A64::dispatcher, null, accelerator)
        .get();
  }

  private String difference(long seed) {
    Accelerator accelerator = accelerator();
    String found = difference(seed, engine(accelerator), new MemoryLimit(MEMORY));
    Tally tally = accelerator.tallies().get(Accelerator.Network.LOOPS);
    applied += tally.applied;
    skipped += tally.skipped;
    return found;
  }

  private String difference(long seed, Engine fastEngine, MemoryLimit limit) {
    CpuState plain = RandomLoops.guest(seed, new MemoryLimit(MEMORY));
    CpuState fast = RandomLoops.guest(seed, limit);
    Engine plainEngine = engine(null);
    SplittableRandom random = new SplittableRandom(seed);
    long left = MOST;
    String found = "";
    while (left > 0 && found.isEmpty()) {
      long budget = Math.min(left, random.nextInt(3) == 0 ? random.nextInt(1, 500) : left);
      Stop expected = plainEngine.run(plain, budget);
      Stop actual = fastEngine.run(fast, budget);
      executed += plainEngine.executed();
      if (plainEngine.executed() != fastEngine.executed()) {
        found =
            "%d instructions instead of %d"
                .formatted(fastEngine.executed(), plainEngine.executed());
      } else if (!text(expected).equals(text(actual))) {
        found = actual + " instead of " + expected;
      } else {
        found = state(plain, fast);
      }
      left = expected instanceof Stop.Budget ? left - budget : 0;
    }
    fast.memory.clear();
    return found;
  }

  private static String text(Stop stop) {
    return stop instanceof Stop.Fault fault
        ? fault.fault().getMessage() + fault.fault().address
        : stop.toString();
  }

  private static String state(CpuState plain, CpuState fast) {
    for (int i = 0; i < Registers.SLOTS; i++) {
      if (plain.get(i) != fast.get(i)) {
        return "%s, slot %d, is %x instead of %x"
            .formatted(Register.at(i).name(), i, fast.get(i), plain.get(i));
      }
    }
    for (int page = -16; page < RandomLoops.DATA_PAGES; page++) {
      long address = RandomLoops.DATA + page * 4096L;
      byte[] expected = page(plain, address);
      byte[] actual = page(fast, address);
      int at = expected == null ? -1 : Arrays.mismatch(expected, actual);
      if (at >= 0) {
        return "byte at %x is %x instead of %x".formatted(address + at, actual[at], expected[at]);
      }
    }
    return "";
  }

  private static byte[] page(CpuState cpu, long address) {
    try {
      return cpu.memory.read(address, 4096);
    } catch (MemoryFault fault) {
      return null;
    }
  }
}
