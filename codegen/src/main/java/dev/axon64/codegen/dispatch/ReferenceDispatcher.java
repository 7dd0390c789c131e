package dev.axon64.codegen.dispatch;

import dev.axon64.codegen.network.Network;
import dev.axon64.codegen.network.ReferenceForward;
import java.util.Objects;

/**
 * The scalar reference as a dispatcher: evaluates the network in the published order, word by word.
 */
public final class ReferenceDispatcher implements MarginDispatcher {
  private final Network network;
  private final ReferenceForward forward;

  /** Evaluates this network. */
  public ReferenceDispatcher(Network network) {
    this.network = network;
    this.forward = new ReferenceForward(network);
  }

  @Override
  public int kernel(int word, long pc) {
    return forward.kernel(word, pc);
  }

  @Override
  public void kernels(int[] words, long[] pcs, int[] kernels, int from, int to) {
    Objects.checkFromToIndex(from, to, words.length);
    for (int i = from; i < to; i++) {
      kernels[i] = forward.kernel(words[i], pcs[i]);
    }
  }

  @Override
  public void kernelsWithMargins(
      int[] words, long[] pcs, int[] kernels, float[] margins, int from, int to) {
    Objects.checkFromToIndex(from, to, words.length);
    for (int i = from; i < to; i++) {
      float[] scores = forward.scores(words[i], pcs[i]);
      kernels[i] = network.spec().decision().choose(scores);
      margins[i] = margin(scores);
    }
  }

  private float margin(float[] scores) {
    float top = network.spec().decision().floor();
    float next = Float.NEGATIVE_INFINITY;
    for (float score : scores) {
      next = Math.max(next, Math.min(top, score));
      top = Math.max(top, score);
    }
    return top - next;
  }
}
