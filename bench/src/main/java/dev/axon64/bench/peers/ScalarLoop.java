package dev.axon64.bench.peers;

import dev.axon64.codegen.network.Network;
import dev.axon64.codegen.network.spec.BitField;
import dev.axon64.codegen.network.spec.DispatchSpec;
import dev.axon64.codegen.network.spec.Feature;
import dev.axon64.codegen.network.spec.LayerSpec;
import dev.axon64.codegen.network.spec.LayerSpec.Activation;

/**
 * The network as plain loops over one flat array of weights, in the published order: what one would
 * write by hand in Java or C, with nothing specialised. Keeping the order makes each addition wait
 * for the one before, which is what such a loop costs. Not thread-safe.
 */
public final class ScalarLoop {
  private final DispatchSpec spec;
  private final float[] weights;
  private final int embedding;
  private final int width;
  private final BitField index;
  private final Feature[] features;
  private final float[] input;
  private final float[][] values;
  private final int[] weightOffset;
  private final int[] biasOffset;
  private final boolean[] relu;

  /** Copies the network's weights. */
  public ScalarLoop(Network network) {
    spec = network.spec();
    weights = network.weights();
    embedding = network.embeddingOffset();
    width = spec.embeddingWidth();
    index = spec.index();
    features = spec.features().toArray(Feature[]::new);
    input = new float[width + features.length];
    int layers = spec.layers().size();
    values = new float[layers][];
    weightOffset = new int[layers];
    biasOffset = new int[layers];
    relu = new boolean[layers];
    for (int l = 0; l < layers; l++) {
      LayerSpec layer = spec.layers().get(l);
      values[l] = new float[layer.outputs()];
      weightOffset[l] = network.weightOffset(l);
      biasOffset[l] = network.biasOffset(l);
      relu[l] = layer.activation() == Activation.RELU;
    }
  }

  /** The kernel of one word at its address. */
  public int kernel(int word, long pc) {
    System.arraycopy(weights, embedding + index.extract(word, pc) * width, input, 0, width);
    for (int f = 0; f < features.length; f++) {
      input[width + f] = features[f].value(word, pc);
    }
    float[] in = input;
    for (int l = 0; l < values.length; l++) {
      layer(in, values[l], weightOffset[l], biasOffset[l], relu[l]);
      in = values[l];
    }
    return spec.decision().choose(in);
  }

  private void layer(float[] in, float[] out, int weightsAt, int biasAt, boolean rectify) {
    int at = weightsAt;
    for (int o = 0; o < out.length; o++) {
      float sum = weights[biasAt + o];
      for (int i = 0; i < in.length; i++) {
        sum += weights[at++] * in[i];
      }
      out[o] = rectify && !(sum > 0) ? 0 : sum;
    }
  }

  /** The kernel of each word from {@code from} up to but not at {@code to}. */
  public void kernels(int[] words, long[] pcs, int[] kernels, int from, int to) {
    for (int i = from; i < to; i++) {
      kernels[i] = kernel(words[i], pcs[i]);
    }
  }
}
