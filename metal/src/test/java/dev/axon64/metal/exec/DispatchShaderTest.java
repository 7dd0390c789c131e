package dev.axon64.metal.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The dispatch network as a shader against the same network written in Java. */
class DispatchShaderTest {
  private static final int WORDS = 5000;

  @Test
  void everyWordGetsTheKernelThatPlainJavaPicks() {
    Random random = new Random(20);
    float[] weights = new float[10279];
    byte[] weightBytes = new byte[weights.length * 4];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) random.nextGaussian();
      Shaders.buffer(weightBytes).putFloat(i * 4, weights[i]);
    }
    byte[] words = new byte[WORDS * 4];
    byte[] pcs = new byte[WORDS * 8];
    random.nextBytes(words);
    random.nextBytes(pcs);
    byte[] kernels = new byte[WORDS * 4];
    MetalProgram.compile(Shaders.resource("dispatch.metal"), "dispatch.metal")
        .kernel("dispatch_words")
        .run(
            GridSize.of(WORDS + 100),
            Map.of(0, weightBytes, 1, words, 2, pcs, 3, kernels, 4, Shaders.bytes(WORDS)),
            RunOptions.defaults());
    ByteBuffer in = Shaders.buffer(words);
    for (int i = 0; i < WORDS; i++) {
      int word = in.getInt(i * 4);
      long pc = Shaders.buffer(pcs).getLong(i * 8);
      assertEquals(expected(weights, word, pc), Shaders.buffer(kernels).getInt(i * 4), "word " + i);
    }
  }

  private static int expected(float[] w, int word, long pc) {
    float[] input = new float[44];
    System.arraycopy(w, (word >>> 24) * 32, input, 0, 32);
    int[] field = {
      word >>> 28 & 15,
      word & 255,
      word >>> 16 & 255,
      (int) pc & 255,
      (int) (pc >>> 8) & 255,
      word & 31,
      word >>> 5 & 31,
      word >>> 30 & 3,
      word >>> 26 & 3,
      word >>> 31,
      word >>> 10 & 0xfff
    };
    float[] scale = {15, 255, 255, 255, 255, 31, 31, 3, 3, 1, 4095};
    for (int i = 0; i < field.length; i++) {
      input[32 + i] = field[i] / scale[i];
    }
    float[] h1 = layer(w, 8192, input, 32, true);
    float[] h2 = layer(w, 9632, h1, 16, true);
    float[] scores = layer(w, 10160, h2, 7, false);
    int best = 0;
    float most = -1e6f;
    for (int k = 0; k < scores.length; k++) {
      if (scores[k] > most) {
        most = scores[k];
        best = k;
      }
    }
    return best;
  }

  private static float[] layer(float[] w, int at, float[] in, int count, boolean relu) {
    float[] out = new float[count];
    for (int i = 0; i < count; i++) {
      float sum = w[at + in.length * count + i];
      for (int j = 0; j < in.length; j++) {
        sum += in[j] * w[at + i * in.length + j];
      }
      out[i] = relu ? Math.max(0, sum) : sum;
    }
    return out;
  }
}
