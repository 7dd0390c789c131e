package dev.axon64.weights.train;

import dev.axon64.codegen.network.Network;
import dev.axon64.codegen.network.spec.DispatchSpec;
import dev.axon64.weights.train.CompactNet.Part;

/** The live part of a network, back in the shape and layout of its spec. */
final class NetworkExport {
  private NetworkExport() {}

  static Network of(DispatchSpec spec, CompactNet net) {
    float[] flat = new float[spec.parameters()];
    float[] from = net.effective();
    int embedding = spec.tensor(DispatchSpec.EMBEDDING).offset();
    int width = spec.embeddingWidth();
    for (int u = 0; u < net.first; u++) {
      boolean read = false;
      for (int row = 0; row < net.rows; row++) {
        flat[embedding + row * width + u] = plain(from[net.table(u, row)]);
        read |= net.live[net.table(u, row)];
      }
      int row = offset(spec, 0, ".weight") + u * spec.layers().get(0).inputs();
      flat[row + u] = read ? 1 : 0;
      for (int f = 0; f < net.features; f++) {
        flat[row + width + f] = plain(from[net.feature(u, f)]);
      }
    }
    matrix(
        spec, 1, flat, from, net.hidden(0, 0), net.start(Part.HIDDEN_BIAS), net.second, net.first);
    matrix(
        spec, 2, flat, from, net.score(0, 0), net.start(Part.SCORES_BIAS), net.kernels, net.second);
    return Network.of(spec, flat, "trained weights");
  }

  private static void matrix(
      DispatchSpec spec,
      int layer,
      float[] flat,
      float[] from,
      int weights,
      int biases,
      int outputs,
      int inputs) {
    int to = offset(spec, layer, ".weight");
    for (int o = 0; o < outputs; o++) {
      for (int i = 0; i < inputs; i++) {
        flat[to + o * spec.layers().get(layer).inputs() + i] =
            plain(from[weights + o * inputs + i]);
      }
      flat[offset(spec, layer, ".bias") + o] = plain(from[biases + o]);
    }
  }

  private static int offset(DispatchSpec spec, int layer, String tensor) {
    return spec.tensor(spec.layers().get(layer).name() + tensor).offset();
  }

  /** Rounding leaves negative zeros; files hold plain ones. */
  private static float plain(float value) {
    return value == 0 ? 0 : value;
  }
}
