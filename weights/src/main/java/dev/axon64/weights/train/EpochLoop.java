package dev.axon64.weights.train;

import dev.axon64.weights.data.Columns;
import dev.axon64.weights.data.SplitMix;
import dev.axon64.weights.train.CompactNet.Part;
import dev.axon64.weights.train.TrainState.Stage;

/**
 * One epoch: {@value #BATCHES} mini-batches of {@value #BATCH} examples, half from the training
 * samples, half from the domain cases that the network has least right (none: all samples). Hard
 * cases are drawn evenly by kernel, because a rare encoding is one case in thousands.
 */
final class EpochLoop {
  static final int BATCHES = 100;
  static final int BATCH = 512;

  /** Greatest step of a weight while searching, about. */
  private static final float SEARCH_RATE = 0.05f;

  /** Later steps, relative to the size of the weights they change. */
  private static final float FINE_RATE = 0.0025f;

  private final Columns training;
  private final Columns domain;

  EpochLoop(Columns training, Columns domain) {
    this.training = training;
    this.domain = domain;
  }

  /**
   * Trains the state's network for one epoch.
   *
   * @param hard hard domain cases by kernel
   * @param length epochs that the stage may last; rates fall over them
   * @return mean loss in units of the margin squared
   */
  double run(TrainState state, int[][] hard, int length) {
    CompactNet net = state.net;
    SplitMix mix = new SplitMix(state.random);
    Minibatch batch = new Minibatch(BATCH, net.features);
    Backprop pass = new Backprop(net, BATCH);
    float[] rates = rates(state, length);
    double loss = 0;
    for (int b = 0; b < BATCHES; b++) {
      fill(batch, hard, mix);
      pass.forward(batch, net.effective());
      float[] gradient = pass.backward(batch, state.margin);
      loss += pass.loss();
      state.adam.nextStep();
      for (Part part : Part.values()) {
        float rate = rates[part.ordinal()];
        boolean pulled = state.stage == Stage.SPARSIFY && Sparsity.counts(part);
        float shrink = pulled ? rate * state.penalty : 0;
        state.adam.update(
            net.weights, net.live, gradient, net.start(part), net.end(part), rate, shrink);
      }
    }
    state.random = mix.state();
    return loss / BATCHES / ((double) state.margin * state.margin);
  }

  private void fill(Minibatch batch, int[][] hard, SplitMix mix) {
    int sampled = hard.length == 0 ? BATCH : BATCH / 2;
    batch.putRange(training, mix.below(training.size() / sampled) * sampled, sampled);
    for (int i = sampled; i < BATCH; i++) {
      int[] ofKernel = hard[mix.below(hard.length)];
      batch.put(i, domain, ofKernel[mix.below(ofKernel.length)]);
    }
  }

  private static float[] rates(TrainState state, int length) {
    Part[] parts = Part.values();
    float[] rates = new float[parts.length];
    float progress = (float) state.stageEpoch / length;
    for (Part part : parts) {
      rates[part.ordinal()] =
          state.stage == Stage.SEARCH
              ? SEARCH_RATE * (1 - 0.98f * progress)
              : FINE_RATE * (1 - 0.9f * progress) * size(state.net, part);
    }
    return rates;
  }

  /** What a step of that part is measured against. */
  private static float size(CompactNet net, Part part) {
    return switch (part) {
      case FEATURES -> Math.max(rootMeanSquare(net, part), rootMeanSquare(net, Part.TABLE) / 100);
      case HIDDEN_BIAS -> rootMeanSquare(net, Part.TABLE) * rootMeanSquare(net, Part.HIDDEN);
      default -> rootMeanSquare(net, part);
    };
  }

  private static float rootMeanSquare(CompactNet net, Part part) {
    double sum = 0;
    int count = 0;
    for (int i = net.start(part); i < net.end(part); i++) {
      if (net.live[i]) {
        sum += (double) net.weights[i] * net.weights[i];
        count++;
      }
    }
    return count == 0 ? 0 : (float) Math.sqrt(sum / count);
  }
}
