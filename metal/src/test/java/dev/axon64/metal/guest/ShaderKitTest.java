package dev.axon64.metal.guest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.testkit.Axon64Executor;
import dev.axon64.testkit.Executor;
import dev.axon64.testkit.Instructions;
import dev.axon64.testkit.Lockstep;
import dev.axon64.testkit.MachineState;
import dev.axon64.testkit.Mismatch;
import dev.axon64.testkit.Outcome;
import dev.axon64.testkit.States;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The generated shader, on the executor, held to the scalar engine by the kit that users have. */
class ShaderKitTest {
  private static final int TRIES = 50;

  private static final Executor SHADER = new Axon64Executor(new MetalKind());

  @Test
  void theShaderAgrees() {
    Lockstep lockstep = new Lockstep(new Axon64Executor(), SHADER);
    for (String kernel :
        List.of(
            "ARITHMETIC", "LOGICAL", "LOADSTORE", "BRANCH", "MULDIV", "EXTEND_SHIFT", "FPSIMD")) {
      Optional<Mismatch> found =
          lockstep.search(Instructions.ofKernel(kernel), States.any(), TRIES, kernel.hashCode());
      assertEquals(Optional.empty(), found.map(Mismatch::report));
    }
  }

  /** A shader that gets one bit of one register wrong, after one kind of instruction. */
  @Test
  void aFaultOfOneBitIsFound() {
    Executor faulty =
        new Executor() {
          @Override
          public String name() {
            return "faulty shader";
          }

          @Override
          public Outcome execute(int word, MachineState before) {
            Outcome right = SHADER.execute(word, before);
            boolean hit = Instructions.text(word).startsWith("eor x") && (word & 31) != 31;
            return hit
                ? new Outcome(
                    right.after().withX(word & 31, right.after().x(word & 31) ^ 1L << 40),
                    right.trap())
                : right;
          }
        };
    Mismatch found =
        new Lockstep(new Axon64Executor(), faulty)
            .search(Instructions.ofKernel("LOGICAL"), States.any(), TRIES, 1)
            .orElseThrow();
    assertTrue(found.report().contains("eor x"), found::report);
    assertTrue(found.report().contains("faulty shader"), found::report);
  }
}
