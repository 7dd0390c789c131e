package dev.axon64.codegen.dispatch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.axon64.codegen.emit.SourceFile;
import dev.axon64.codegen.emit.dispatch.DispatchBackend;
import dev.axon64.codegen.emit.dispatch.DispatchInput;
import dev.axon64.codegen.fixtures.CodeSizes;
import dev.axon64.codegen.fixtures.RandomNetwork;
import dev.axon64.codegen.network.ForwardPlan;
import dev.axon64.codegen.network.Lowering;
import dev.axon64.codegen.network.Network;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class GeneratedDispatcherTest {
  /**
   * The bytecode budget of a generated method. C2's own limit is 8,000; it gives up on vectors long
   * before, at what {@code SumSplitter} keeps far below this.
   */
  private static final int MOST_BYTECODES = 2000;

  @Property(tries = 60)
  void lowestTieAndEveryTailAgreeWithTheReference(@ForAll long seed) {
    RandomNetwork random = RandomNetwork.of(seed);
    Network network = random.network();
    for (ForwardPlan plan : List.of(Lowering.lower(network), Lowering.strict(network))) {
      MarginDispatcher generated = CompiledDispatcher.of(plan).get();
      Inputs inputs = new Inputs(seed, 128 * 2 + (int) (seed & 127));
      compare(random, generated, inputs);
    }
  }

  private record Inputs(int[] words, long[] pcs) {
    Inputs(long seed, int count) {
      this(new int[count], new long[count]);
      SplittableRandom random = new SplittableRandom(seed);
      for (int i = 0; i < count; i++) {
        words[i] = random.nextInt();
        pcs[i] = random.nextLong();
      }
    }
  }

  private static void compare(RandomNetwork random, MarginDispatcher generated, Inputs inputs) {
    MarginDispatcher reference = new ReferenceDispatcher(random.network());
    int count = inputs.words.length;
    int[] expected = new int[count];
    float[] expectedMargins = new float[count];
    reference.kernelsWithMargins(inputs.words, inputs.pcs, expected, expectedMargins, 0, count);
    int[] kernels = new int[count];
    float[] margins = new float[count];
    generated.kernelsWithMargins(inputs.words, inputs.pcs, kernels, margins, 0, count);
    assertArrayEquals(expected, kernels, random.text());
    assertArrayEquals(expectedMargins, margins, random.text());
    for (int i = 0; i < count; i++) {
      assertEquals(expected[i], generated.kernel(inputs.words[i], inputs.pcs[i]), random.text());
    }
    for (int length = 0; length <= 40; length++) {
      int from = Math.min(length, 5);
      int[] part = new int[count];
      generated.kernels(inputs.words, inputs.pcs, part, from, from + length);
      for (int i = 0; i < count; i++) {
        boolean inside = i >= from && i < from + length;
        assertEquals(inside ? expected[i] : 0, part[i], "tail of " + length + "\n" + random.text());
      }
    }
  }

  @Property(tries = 40)
  void everyMethodKeepsTheBytecodeBudget(@ForAll long seed) {
    Network network = RandomNetwork.of(seed).network();
    List<SourceFile> sources =
        DispatchBackend.named("java").generate(new DispatchInput(Lowering.strict(network)));
    for (byte[] classFile : InMemoryCompiler.compile(sources).values()) {
      for (Map.Entry<String, Integer> method : CodeSizes.of(classFile).entrySet()) {
        boolean initializer = method.getKey().startsWith("<");
        assertTrue(initializer || method.getValue() <= MOST_BYTECODES, method.toString());
      }
    }
  }

  @Test
  void generationIsDeterministic() {
    for (long seed = 0; seed < 20; seed++) {
      String first = text(RandomNetwork.of(seed));
      assertEquals(first, text(RandomNetwork.of(seed)));
    }
  }

  private static String text(RandomNetwork random) {
    DispatchInput input = new DispatchInput(Lowering.lower(random.network()));
    return DispatchBackend.named("java").generate(input).getFirst().text();
  }

  @Test
  void allocatesNothingOnceCompiled() {
    Dispatcher dispatcher =
        CompiledDispatcher.of(Lowering.lower(RandomNetwork.of(7).network())).get();
    Inputs inputs = new Inputs(7, 4096 + 3);
    int[] kernels = new int[inputs.words.length];
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long least = Long.MAX_VALUE;
    // Vectors are objects until C2 has compiled every method; then bytes must stop.
    for (int round = 0; round < 400 && least > 0; round++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < 20; i++) {
        dispatcher.kernels(inputs.words, inputs.pcs, kernels, 0, kernels.length);
        for (int w = 0; w < 500; w++) {
          kernels[w] = dispatcher.kernel(inputs.words[w], inputs.pcs[w]);
        }
      }
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
    }
    assertEquals(0, least, "bytes allocated in the best of 400 rounds");
  }

  @Test
  void refusesRangesOutsideTheArrays() {
    Dispatcher dispatcher =
        CompiledDispatcher.of(Lowering.lower(RandomNetwork.of(1).network())).get();
    int[] four = new int[4];
    long[] pcs = new long[4];
    assertThrows(IndexOutOfBoundsException.class, () -> dispatcher.kernels(four, pcs, four, 0, 5));
    assertThrows(
        IndexOutOfBoundsException.class, () -> dispatcher.kernels(four, pcs, new int[3], 0, 4));
    assertThrows(IndexOutOfBoundsException.class, () -> dispatcher.kernels(four, pcs, four, -1, 4));
  }
}
