package dev.axon64.machine.engine;

import dev.axon64.codegen.dispatch.Dispatcher;
import dev.axon64.machine.dispatch.VectorModule;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The answers of the network and its kernels for whole pages of code. An answer follows from a word
 * and its address alone, so a page that has the same words at the same address again, as after a
 * fork, need not be decided again.
 */
final class PageDecisions {
  /** The number of pages that are remembered before all are forgotten. */
  private static final int MOST = 1 << 12;

  /**
   * The number of pages that are decided word by word before batches are used. Until the vector
   * code is compiled, which takes many pages, a batch takes a hundred times as long. In a JVM
   * without the Vector API, which starts sooner, all are.
   */
  private static final int COLD = VectorModule.isPresent() ? 256 : Integer.MAX_VALUE;

  private final Dispatcher dispatcher;
  private final KernelSet set;
  private final Map<Key, int[]> known = new HashMap<>();
  private final long[] pcs = new long[CodePage.WORDS];
  private final int[] kernels = new int[CodePage.WORDS];
  private long evaluations;

  PageDecisions(Dispatcher dispatcher) {
    this.dispatcher = dispatcher;
    this.set = KernelSet.of(dispatcher);
  }

  private record Key(long address, int[] words) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Key key && key.address == address && Arrays.equals(key.words, words);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(words) + Long.hashCode(address);
    }
  }

  /** The number of words that the network has decided. */
  long evaluations() {
    return evaluations;
  }

  /** Forgets all answers, since another network decides from now on. */
  void forget() {
    known.clear();
  }

  /**
   * Returns the steps of a page; see {@link CodePage#steps}.
   *
   * @param words the page's words, which must not change later
   */
  int[] steps(long address, int[] words) {
    if (known.size() >= MOST) {
      known.clear();
    }
    return known.computeIfAbsent(new Key(address, words), this::decide);
  }

  /** The step of one word. */
  int step(long address, int word) {
    evaluations++;
    int kernel = dispatcher.kernel(word, address);
    return CodePage.step(kernel, set.decode(kernel, word));
  }

  /** Asks the network for all kernels, and then each chosen kernel what its word is. */
  private int[] decide(Key page) {
    Arrays.setAll(pcs, i -> page.address + i * 4L);
    if (evaluations < (long) COLD * CodePage.WORDS) {
      Arrays.setAll(kernels, i -> dispatcher.kernel(page.words[i], pcs[i]));
    } else {
      dispatcher.kernels(page.words, pcs, kernels, 0, CodePage.WORDS);
    }
    evaluations += CodePage.WORDS;
    int[] steps = new int[CodePage.WORDS];
    for (int i = 0; i < CodePage.WORDS; i++) {
      steps[i] = CodePage.step(kernels[i], set.decode(kernels[i], page.words[i]));
    }
    return steps;
  }
}
