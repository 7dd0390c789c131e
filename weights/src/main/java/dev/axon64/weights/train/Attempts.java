package dev.axon64.weights.train;

import dev.axon64.codegen.network.spec.DispatchSpec;
import dev.axon64.codegen.network.spec.LayerSpec.Activation;
import dev.axon64.codegen.support.InputException;
import dev.axon64.weights.data.SplitMix;

/**
 * What a training starts with, attempt after attempt: the narrowest network first, some random
 * starts of each width, then the next width; or a network that is there, with more and more units
 * added.
 */
final class Attempts {
  private static final int[] WIDTHS = {3, 4, 6, 8, 12, 16, 32};

  /** Units that attempts add to a network that they start from, by width. */
  private static final int[] GROWTH = {0, 1, 2, 3, 4, 6, 8};

  private static final int OF_A_WIDTH = 4;

  private final DispatchSpec spec;
  private final long seed;

  /**
   * @throws InputException if the spec is not an embedding, two hidden layers and scores
   */
  Attempts(DispatchSpec spec, long seed) {
    requireShape(spec);
    this.spec = spec;
    this.seed = seed;
  }

  private static void requireShape(DispatchSpec spec) {
    boolean fits =
        spec.layers().size() == 3
            && spec.layers().get(0).activation() == Activation.RELU
            && spec.layers().get(1).activation() == Activation.RELU
            && spec.layers().get(2).activation() == Activation.LINEAR;
    if (!fits) {
      throw new InputException(
          spec.name(),
          "training knows one shape: two relu layers and a linear one after the embedding; change"
              + " the spec's layers");
    }
  }

  /** Turns a state to the next attempt; false if there is none. */
  boolean next(TrainState state) {
    state.attempt++;
    if (state.attempt == OF_A_WIDTH) {
      state.attempt = 0;
      state.width++;
    }
    return state.width < WIDTHS.length && !tooWide(state);
  }

  /** Whether the last width already was all that the spec has room for. */
  private boolean tooWide(TrainState state) {
    int most = Math.max(firstRoom(), spec.layers().get(1).outputs());
    int before = state.width == 0 ? 0 : WIDTHS[state.width - 1];
    return state.attempt == 0 && before >= most && state.origin == null;
  }

  /** Units that the first layer can have. */
  private int firstRoom() {
    return Math.min(spec.embeddingWidth(), spec.layers().get(0).outputs());
  }

  /** Gives a state the network and the random numbers of its attempt. */
  void start(TrainState state) {
    SplitMix mix = SplitMix.of(seed, "width " + state.width + " attempt " + state.attempt);
    int first = Math.min(WIDTHS[state.width], firstRoom());
    int second = Math.min(WIDTHS[state.width], spec.layers().get(1).outputs());
    state.net =
        state.origin == null
            ? StartingNet.of(spec, first, second, mix)
            : NetworkImport.of(state.origin, GROWTH[state.width], mix);
    if (state.blind) {
      Sparsity.blind(state.net, spec);
    }
    state.random = mix.next();
  }
}
