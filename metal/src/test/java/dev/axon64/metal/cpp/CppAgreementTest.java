package dev.axon64.metal.cpp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.axon64.metal.exec.GridSize;
import dev.axon64.metal.exec.MetalProgram;
import dev.axon64.metal.exec.RunOptions;
import dev.axon64.metal.exec.Shaders;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Shaders of the corpus give the same bytes on the JVM and as C++. */
class CppAgreementTest {
  @Test
  void theDispatchShaderAgrees() {
    CppShader.assumeCompiler();
    int count = 20000;
    Random random = new Random(3);
    byte[] weights = new byte[10279 * 4];
    for (int i = 0; i < weights.length; i += 4) {
      Shaders.buffer(weights).putFloat(i, (float) random.nextGaussian());
    }
    byte[] words = new byte[count * 4];
    byte[] pcs = new byte[count * 8];
    random.nextBytes(words);
    random.nextBytes(pcs);
    compare(
        Shaders.resource("dispatch.metal"),
        "dispatch_words",
        GridSize.of(count),
        Map.of(0, weights, 1, words, 2, pcs, 3, new byte[count * 4], 4, Shaders.bytes(count)));
  }

  @Test
  void theMachineShaderAgrees() {
    CppShader.assumeCompiler();
    Random random = new Random(4);
    for (int i = 0; i < 8; i++) {
      byte[] memory = new byte[4096];
      byte[] registers = new byte[16 * 8];
      random.nextBytes(memory);
      for (int r = 0; r < 16; r++) {
        Shaders.buffer(registers).putLong(r * 8, random.nextLong() >> random.nextInt(64));
      }
      for (int at = 0; at < memory.length; at += 4) {
        // Rarely HALT, so that programs run for a while.
        if ((memory[at + 3] & 0x70) == 0x70) {
          memory[at + 3] &= 0x3f;
        }
      }
      byte[] limits = Shaders.bytes(memory.length, 500);
      compare(
          Shaders.resource("machine.metal"),
          "run_machine",
          GridSize.of(1),
          Map.of(0, memory, 1, registers, 2, limits, 3, new byte[4]));
    }
  }

  private static void compare(
      String source, String kernel, GridSize grid, Map<Integer, byte[]> buffers) {
    Map<Integer, byte[]> theirs = new HashMap<>();
    buffers.forEach((index, bytes) -> theirs.put(index, bytes.clone()));
    MetalProgram.compile(source, "shader.metal")
        .kernel(kernel)
        .run(grid, buffers, RunOptions.defaults());
    try (CppShader shader = CppShader.compile(source)) {
      shader.run(kernel, grid, theirs);
    }
    buffers.forEach(
        (index, bytes) -> assertArrayEquals(theirs.get(index), bytes, "buffer " + index));
  }
}
