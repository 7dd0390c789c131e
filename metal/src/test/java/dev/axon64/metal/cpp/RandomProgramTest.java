package dev.axon64.metal.cpp;

import static org.junit.jupiter.api.Assertions.fail;

import dev.axon64.metal.exec.GridSize;
import dev.axon64.metal.exec.MetalProgram;
import dev.axon64.metal.exec.RunOptions;
import dev.axon64.metal.exec.Shaders;
import dev.axon64.metal.jit.KernelCompiler;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Random programs compute the same bits on the JVM and as C++. */
@PropertyDefaults(shrinking = ShrinkingMode.OFF)
class RandomProgramTest {
  /** Methods so small that every program is cut into many pieces. */
  private static final KernelCompiler.Limits SMALL = new KernelCompiler.Limits(300, 300);

  private static final int KERNELS = 25;
  private static final int SLOTS = 6;
  private static final int THREADS = 64;
  private static final int CAMPAIGN_PROGRAMS = 400;

  @Property(tries = 4)
  void theJvmAgreesWithCpp(@ForAll long seed) {
    CppShader.assumeCompiler();
    compareAll(seed);
  }

  @Test
  void aCampaignOfProgramsAgrees() {
    CppShader.assumeCompiler();
    Assumptions.assumeTrue(
        Boolean.getBoolean("axon64.campaign"), "a campaign: runs with -Pcampaign only");
    long begin = System.nanoTime();
    for (int i = 0; i < CAMPAIGN_PROGRAMS; i++) {
      compareAll(begin + i);
    }
  }

  private static void compareAll(long seed) {
    StringBuilder source = new StringBuilder(RandomProgram.PRELUDE);
    for (int i = 0; i < KERNELS; i++) {
      source.append(new RandomProgram(seed * KERNELS + i).kernel("k" + i, SLOTS));
    }
    MetalProgram program = MetalProgram.compile(source.toString(), "random.metal");
    MetalProgram cut = MetalProgram.compile(source.toString(), "random.metal", SMALL);
    try (CppShader cpp = CppShader.compile(source.toString())) {
      for (int i = 0; i < KERNELS; i++) {
        compare(source.toString(), program, cpp, "k" + i, seed);
        compare(source.toString(), cut, cpp, "k" + i, seed);
      }
    }
  }

  private static Map<Integer, byte[]> inputs(long seed) {
    Random random = new Random(seed);
    byte[] ints = new byte[THREADS * 4];
    byte[] longs = new byte[THREADS * 8];
    byte[] floats = new byte[THREADS * 4];
    random.nextBytes(ints);
    random.nextBytes(longs);
    for (int i = 0; i < THREADS; i++) {
      float value =
          i % 4 == 0
              ? Float.intBitsToFloat(random.nextInt())
              : (float) (random.nextGaussian() * 100);
      Shaders.buffer(floats).putFloat(i * 4, value);
      if (i % 5 == 0) {
        Shaders.buffer(ints).putInt(i * 4, random.nextInt(9) - 4);
      }
    }
    Map<Integer, byte[]> map = new LinkedHashMap<>();
    map.put(0, ints);
    map.put(1, longs);
    map.put(2, floats);
    map.put(3, new byte[THREADS * SLOTS * 8]);
    return map;
  }

  private static void compare(
      String source, MetalProgram program, CppShader cpp, String kernel, long seed) {
    Map<Integer, byte[]> mine = inputs(seed);
    Map<Integer, byte[]> theirs = inputs(seed);
    program
        .kernel(kernel)
        .run(GridSize.of(THREADS), mine, RunOptions.defaults().withTimeout(Duration.ofSeconds(60)));
    cpp.run(kernel, GridSize.of(THREADS), theirs);
    for (int i = 0; i < THREADS * SLOTS; i++) {
      long left = Shaders.buffer(mine.get(3)).getLong(i * 8);
      long right = Shaders.buffer(theirs.get(3)).getLong(i * 8);
      if (left != right) {
        int begin = source.indexOf("kernel void " + kernel + "(");
        int end = source.indexOf("\nkernel void", begin + 1);
        fail(
            "seed %d, %s, thread %d, slot %d: %x here, %x as C++%n%s"
                .formatted(
                    seed,
                    kernel,
                    i / SLOTS,
                    i % SLOTS,
                    left,
                    right,
                    source.substring(begin, end < 0 ? source.length() : end)));
      }
    }
  }
}
