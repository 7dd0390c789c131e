package dev.axon64.metal.guest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.codegen.emit.SourceFile;
import dev.axon64.codegen.isa.InstructionSpec;
import dev.axon64.codegen.isa.model.Instruction;
import dev.axon64.metal.cpp.CppShader;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/**
 * For every copy of every instruction, random words in random states: the scalar kernels, the
 * shader on the JVM and the shader as C++ agree on all registers, memory and why the guest stopped.
 * {@code -Daxon64.tries=N} makes N/50 tries for each copy, a campaign ({@code
 * -Daxon64.campaign=true}) 1,000.
 */
class InstructionEquivalenceTest {
  private static final int TRIES =
      Boolean.getBoolean("axon64.campaign")
          ? 1000
          : Math.max(1, Integer.getInteger("axon64.tries", 1000) / 50);
  private static final long SEED = Long.getLong("axon64.seed", System.nanoTime());
  private static final int MOST_REPORTED = 20;
  private static final GuestShader SHADER = ShippedShader.a64();

  private static List<Instruction> instructions(Predicate<Instruction> wanted) {
    return InstructionSpec.a64().instructions().stream().filter(wanted).toList();
  }

  @Test
  void everyInstructionActsAsTheScalarKernels() {
    if (CppShader.compiler().isEmpty()) {
      System.out.println("skipped: the shader as C++, no g++ or clang++ on the path");
      compare(null);
      return;
    }
    try (CppShader cpp = CppShader.compile(SHADER.source().text(), "-O0")) {
      compare(cpp);
    }
  }

  private static void compare(CppShader cpp) {
    List<Instruction> all = instructions(i -> true);
    SideBySide run = new SideBySide(SHADER, cpp, SEED);
    run.run(all, TRIES);
    System.out.printf(
        "instruction equivalence: %d copies, %d tries each, -Daxon64.seed=%d, stops %s%n",
        all.size(), TRIES, SEED, run.stops());
    assertEquals(List.of(), run.differences().stream().limit(MOST_REPORTED).toList());
    int tries = all.size() * TRIES;
    assertTrue(run.stops().get("Budget") > tries / 2, "most tries complete their instruction");
  }

  /** A comparison finds mistakes that were put into the shader. */
  @Test
  void aWrongShaderIsNoticed() {
    SourceFile right = SHADER.source();
    String text = right.text().replace("popcount(", "ctz(").replace("s->fz = ", "s->fz = 1u ^ ");
    GuestShader wrong = GuestShader.compile(new SourceFile(right.path(), text), SHADER.layout());
    Predicate<Instruction> hit = i -> i.name().matches("CNT_.*|ADDS_immediate_sf1|CFINV");
    SideBySide run = new SideBySide(wrong, null, SEED);
    run.run(instructions(hit), 30);
    List<String> names =
        run.differences().stream().map(d -> d.split("[ _]")[0]).distinct().toList();
    assertEquals(List.of("ADDS", "CNT"), names, () -> run.differences().toString());
  }
}
