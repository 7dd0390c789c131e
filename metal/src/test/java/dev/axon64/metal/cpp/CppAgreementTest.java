package dev.axon64.metal.cpp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.axon64.metal.exec.GridSize;
import dev.axon64.metal.exec.MetalProgram;
import dev.axon64.metal.exec.RunOptions;
import dev.axon64.metal.exec.Shaders;
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
        Map.of(0, weights, 1, words, 2, pcs, 3, new byte[count * 4], 4, Shaders.bytes(count)),
        3);
  }

  private static void compare(
      String source, String kernel, GridSize grid, Map<Integer, byte[]> buffers, int out) {
    MetalProgram.compile(source, "shader.metal")
        .kernel(kernel)
        .run(grid, buffers, RunOptions.defaults());
    byte[] mine = buffers.get(out).clone();
    java.util.Arrays.fill(buffers.get(out), (byte) 0);
    try (CppShader shader = CppShader.compile(source)) {
      shader.run(kernel, grid, buffers);
    }
    assertArrayEquals(buffers.get(out), mine);
  }
}
