package dev.axon64.weights.certify;

import dev.axon64.codegen.network.Network;
import dev.axon64.codegen.network.spec.DispatchSpec;
import dev.axon64.codegen.network.spec.Feature;
import dev.axon64.codegen.network.spec.LayerSpec;
import dev.axon64.codegen.network.spec.LayerSpec.Activation;
import java.util.SplittableRandom;

/** A float32 evaluation as a compiler might make it: own order, contraction, reciprocals. */
record OtherOrder(Network network, boolean fused, boolean reciprocal, long shuffle) {
  float[] scores(int word, long pc) {
    DispatchSpec spec = network.spec();
    float[] values = inputs(word, pc);
    SplittableRandom random = new SplittableRandom(shuffle);
    for (int l = 0; l < spec.layers().size(); l++) {
      LayerSpec layer = spec.layers().get(l);
      float[] out = new float[layer.outputs()];
      for (int u = 0; u < out.length; u++) {
        float sum = sum(l, u, values, random);
        out[u] = layer.activation() == Activation.RELU ? Math.max(sum, 0) : sum;
      }
      values = out;
    }
    return values;
  }

  /** Terms in a random order, spread over a random number of partial sums. */
  private float sum(int l, int u, float[] in, SplittableRandom random) {
    int[] order = new int[in.length];
    for (int i = 0; i < order.length; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    float[] parts = new float[1 + random.nextInt(4)];
    int biasAt = random.nextInt(in.length + 1);
    for (int i = 0; i <= order.length; i++) {
      int part = i % parts.length;
      if (i == biasAt) {
        parts[part] += network.bias(l, u);
      }
      if (i < order.length) {
        float weight = network.weight(l, u, order[i]);
        float value = in[order[i]];
        parts[part] = fused ? Math.fma(weight, value, parts[part]) : parts[part] + weight * value;
      }
    }
    float sum = 0;
    for (float part : parts) {
      sum += part;
    }
    return sum;
  }

  private float[] inputs(int word, long pc) {
    DispatchSpec spec = network.spec();
    float[] in = new float[spec.embeddingWidth() + spec.features().size()];
    int row = spec.index().extract(word, pc);
    for (int c = 0; c < spec.embeddingWidth(); c++) {
      in[c] = network.embedding(row, c);
    }
    for (int f = 0; f < spec.features().size(); f++) {
      Feature feature = spec.features().get(f);
      in[spec.embeddingWidth() + f] =
          reciprocal && feature instanceof Feature.Scaled s
              ? s.bits().extract(word, pc) * (1 / s.divisor())
              : feature.value(word, pc);
    }
    return in;
  }
}
