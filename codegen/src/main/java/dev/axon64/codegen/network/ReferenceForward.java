package dev.axon64.codegen.network;

import dev.axon64.codegen.network.spec.DispatchSpec;
import dev.axon64.codegen.network.spec.LayerSpec;
import dev.axon64.codegen.network.spec.LayerSpec.Activation;

/**
 * Evaluates a network in the published order, one word at a time: each sum starts with the bias and
 * adds {@code weight * input} in order, where each multiplication and addition is rounded on its
 * own. Everything generated is compared with this. Not thread-safe, but cheap to make.
 */
public final class ReferenceForward {
  private final Network network;
  private final DispatchSpec spec;
  private final float[] input;
  private final float[][] values;

  /** Makes an evaluator with its own buffers. */
  public ReferenceForward(Network network) {
    this.network = network;
    this.spec = network.spec();
    this.input = new float[spec.embeddingWidth() + spec.features().size()];
    this.values = spec.layers().stream().map(l -> new float[l.outputs()]).toArray(float[][]::new);
  }

  /** The kernel that the network chooses for this word at this pc. */
  public int kernel(int word, long pc) {
    return spec.decision().choose(scores(word, pc));
  }

  /** One score per kernel, in a buffer that the next call overwrites. */
  public float[] scores(int word, long pc) {
    int row = spec.index().extract(word, pc);
    int width = spec.embeddingWidth();
    for (int c = 0; c < width; c++) {
      input[c] = network.embedding(row, c);
    }
    for (int f = 0; f < spec.features().size(); f++) {
      input[width + f] = spec.features().get(f).value(word, pc);
    }
    float[] in = input;
    for (int l = 0; l < values.length; l++) {
      layer(l, in, values[l]);
      in = values[l];
    }
    return in;
  }

  private void layer(int l, float[] in, float[] out) {
    LayerSpec layer = spec.layers().get(l);
    for (int o = 0; o < out.length; o++) {
      float sum = network.bias(l, o);
      for (int i = 0; i < in.length; i++) {
        sum += network.weight(l, o, i) * in[i];
      }
      out[o] = layer.activation() == Activation.RELU && !(sum > 0) ? 0 : sum;
    }
  }
}
