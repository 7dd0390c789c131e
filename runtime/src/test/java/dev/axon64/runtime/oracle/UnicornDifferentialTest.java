package dev.axon64.runtime.oracle;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.codegen.isa.Instruction;
import dev.axon64.codegen.isa.InstructionSet;
import dev.axon64.runtime.dispatch.ShippedDispatcher;
import dev.axon64.runtime.engine.EachEngine;
import java.util.List;
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

  private static List<Instruction> instructions() {
    String only = System.getProperty("axon64.only", ".*");
    return InstructionSet.a64().instructions().stream()
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
