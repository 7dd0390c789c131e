package dev.axon64.machine.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.axon64.codegen.dispatch.Dispatcher;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * The generated code for one word answers as that for batches, which is certified, on all values of
 * the bits that the shipped models read: 31 to 21 and 15 to 10.
 */
class SingleWordTest {
  private static final int HIGH_BITS = 11;
  private static final int LOW_BITS = 6;
  private static final int CASES = 1 << HIGH_BITS + LOW_BITS;

  @Test
  void oneWordIsDecidedAsABatch() {
    Random random = new Random(1);
    for (ShippedDispatcher model : ShippedDispatcher.values()) {
      int[] words = new int[CASES];
      for (int i = 0; i < CASES; i++) {
        int others = random.nextInt() & 0x001f03ff;
        words[i] = i >>> LOW_BITS << 21 | (i & (1 << LOW_BITS) - 1) << 10 | others;
      }
      long[] pcs = random.longs(CASES).toArray();
      int[] kernels = new int[CASES];
      Dispatcher dispatcher = model.dispatcher();
      dispatcher.kernels(words, pcs, kernels, 0, CASES);
      for (int i = 0; i < CASES; i++) {
        int word = words[i];
        assertEquals(
            kernels[i],
            dispatcher.kernel(word, pcs[i]),
            () -> String.format("%s on %08x", model.model(), word));
      }
    }
  }
}
