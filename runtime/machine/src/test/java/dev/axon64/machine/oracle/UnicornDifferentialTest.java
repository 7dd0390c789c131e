package dev.axon64.machine.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.codegen.isa.InstructionSpec;
import dev.axon64.codegen.isa.model.Instruction;
import dev.axon64.machine.dispatch.ShippedDispatcher;
import dev.axon64.machine.engine.EachEngine;
import dev.axon64.machine.engine.Engine;
import dev.axon64.machine.engine.Stop;
import dev.axon64.machine.state.CpuState;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The scalar engine, its kernels chosen by the network, against libunicorn2 on registers, flags,
 * pc, memory and kind of fault, one instruction at a time. {@code -Daxon64.tries=N} makes N/25
 * steps for each copy of an instruction; {@code -Daxon64.campaign=true} makes ten million steps in
 * all.
 */
class UnicornDifferentialTest {
  private static final long CAMPAIGN = 10_000_000;
  private static final int SHOWN = Integer.getInteger("axon64.shown", 30);

  @Test
  void agreesWithUnicorn() {
    try (UnicornOracle oracle = UnicornOracle.assume()) {
      List<Instruction> instructions = instructions();
      long seed = Long.getLong("axon64.seed", 1);
      Differential differential =
          new Differential(
              new EachEngine(ShippedDispatcher.A64.dispatcher()),
              oracle,
              new RandomInstructions(seed));
      long each = stepsEach(instructions.size());
      long start = System.nanoTime();
      for (long i = 0; i < each; i++) {
        instructions.forEach(differential::step);
      }
      report(differential, each, System.nanoTime() - start);
      assertTrue(
          differential.unknown().isEmpty(),
          () ->
              differential.unknown().size()
                  + " instructions differ (ours / libunicorn2's):\n"
                  + String.join(
                      "\n",
                      differential.unknown().entrySet().stream()
                          .limit(SHOWN)
                          .map(e -> e.getKey() + " " + e.getValue())
                          .toList()));
    }
  }

  /** The comparison sees a sum that is one too large, and nothing else. */
  @Test
  void noticesAWrongEngine() {
    try (UnicornOracle oracle = UnicornOracle.assume()) {
      Engine right = new EachEngine(ShippedDispatcher.A64.dispatcher());
      Differential differential =
          new Differential(new OffByOne(right), oracle, new RandomInstructions(1));
      instructions().stream()
          .filter(i -> i.kernel().equals("MULDIV"))
          .forEach(
              i -> {
                for (int n = 0; n < 20; n++) {
                  differential.step(i);
                }
              });
      assertEquals(Set.of("MADD_sf0", "MADD_sf1"), differential.unknown().keySet());
      assertTrue(differential.known().isEmpty());
    }
  }

  /** An engine that is wrong about MADD. */
  private record OffByOne(Engine right) implements Engine {
    private static final int MADD_MASK = 0x7fe0_8000;
    private static final int MADD = 0x1b00_0000;

    @Override
    public Stop run(CpuState cpu, long budget) {
      int word = cpu.memory.fetch(cpu.pc);
      Stop stop = right.run(cpu, budget);
      if ((word & MADD_MASK) == MADD && (word & 31) != CpuState.ZERO) {
        cpu.x[word & 31]++;
      }
      return stop;
    }

    @Override
    public long executed() {
      return right.executed();
    }
  }

  private static List<Instruction> instructions() {
    String only = System.getProperty("axon64.only", ".*");
    return InstructionSpec.a64().instructions().stream()
        .filter(i -> i.name().matches(only))
        .toList();
  }

  private static long stepsEach(int instructions) {
    return Boolean.getBoolean("axon64.campaign")
        ? Math.ceilDiv(CAMPAIGN, instructions)
        : Math.max(1, Integer.getInteger("axon64.tries", 1000) / 25);
  }

  private static void report(Differential differential, long each, long nanos) {
    System.out.printf(
        "libunicorn2: %,d steps, %,d of each copy, %,d stopped alike, %.0f steps/s%n",
        differential.steps(), each, differential.stops(), differential.steps() * 1e9 / nanos);
    differential
        .known()
        .forEach((why, n) -> System.out.printf("  %d differ: %s%n", n, why.reason()));
  }
}
