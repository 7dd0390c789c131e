package dev.axon64.weights.train;

import dev.axon64.codegen.network.Network;
import dev.axon64.codegen.network.spec.DispatchSpec;
import dev.axon64.codegen.support.InputException;
import dev.axon64.weights.data.SplitMix;
import dev.axon64.weights.train.CompactNet.Part;
import java.util.stream.IntStream;

/**
 * The live part of a network with weights, so that training goes on from them: the way back from
 * {@link NetworkExport}. Units are scaled to the sizes that random networks start with, which
 * changes no answer, and units may be added that no answer depends on yet.
 */
final class NetworkImport {
  /** Greatest weights after scaling. */
  private static final float TABLE_SIZE = 20;

  private static final float HIDDEN_SIZE = 1;
  private static final float SCORES_SIZE = 4;

  private final Network network;
  private final DispatchSpec spec;
  private final int[] first;
  private final int[] second;

  private NetworkImport(Network network) {
    this.network = network;
    this.spec = network.spec();
    this.second =
        IntStream.range(0, spec.layers().get(1).outputs()).filter(u -> reads(2, u)).toArray();
    this.first =
        IntStream.range(0, spec.layers().get(0).outputs())
            .filter(u -> IntStream.of(second).anyMatch(v -> network.weight(1, v, u) != 0))
            .toArray();
  }

  private boolean reads(int layer, int input) {
    return IntStream.range(0, spec.layers().get(layer).outputs())
        .anyMatch(o -> network.weight(layer, o, input) != 0);
  }

  /**
   * The network, with units added to both hidden layers as far as the spec has room.
   *
   * @param growth how many
   */
  static CompactNet of(Network network, int growth, SplitMix mix) {
    NetworkImport of = new NetworkImport(network);
    DispatchSpec spec = network.spec();
    int room = Math.min(spec.embeddingWidth(), spec.layers().get(0).outputs());
    if (of.first.length > room) {
      throw new InputException(
          spec.name(),
          ("its weights use %d units of the first layer, but its embedding has %d columns to train"
                  + " them with; start from random weights")
              .formatted(of.first.length, room));
    }
    int first = Math.max(1, Math.min(room, of.first.length + growth));
    int second = Math.max(1, Math.min(spec.layers().get(1).outputs(), of.second.length + growth));
    CompactNet net =
        new CompactNet(
            spec.embeddingRows(), spec.features().size(), spec.kernels().size(), first, second);
    of.copy(net);
    scale(net);
    of.grow(net, mix);
    return net;
  }

  private void copy(CompactNet net) {
    int width = spec.embeddingWidth();
    for (int u = 0; u < first.length; u++) {
      for (int row = 0; row < net.rows; row++) {
        float sum = network.bias(0, first[u]);
        for (int c = 0; c < width; c++) {
          sum += network.weight(0, first[u], c) * network.embedding(row, c);
        }
        net.weights[net.table(u, row)] = sum;
      }
      for (int f = 0; f < net.features; f++) {
        net.weights[net.feature(u, f)] = network.weight(0, first[u], width + f);
      }
    }
    for (int v = 0; v < second.length; v++) {
      for (int u = 0; u < first.length; u++) {
        net.weights[net.hidden(v, u)] = network.weight(1, second[v], first[u]);
      }
      net.weights[net.start(Part.HIDDEN_BIAS) + v] = network.bias(1, second[v]);
      for (int k = 0; k < net.kernels; k++) {
        net.weights[net.score(k, v)] = network.weight(2, k, second[v]);
      }
    }
    for (int k = 0; k < net.kernels; k++) {
      net.weights[net.start(Part.SCORES_BIAS) + k] = network.bias(2, k);
    }
  }

  private static void scale(CompactNet net) {
    for (int u = 0; u < net.first; u++) {
      float greatest =
          Math.max(
              net.greatest(net.table(u, 0), net.table(u, 0) + net.rows),
              net.greatest(net.feature(u, 0), net.feature(u, 0) + net.features));
      if (greatest != 0) {
        net.scaleFirst(u, TABLE_SIZE / greatest);
      }
    }
    for (int v = 0; v < net.second; v++) {
      float greatest = net.greatest(net.hidden(v, 0), net.hidden(v, 0) + net.first);
      if (greatest != 0) {
        net.scaleSecond(v, HIDDEN_SIZE / greatest);
      }
    }
    float greatest = net.greatest(net.start(Part.SCORES), net.end(Part.SCORES));
    if (greatest != 0) {
      net.scale(net.start(Part.SCORES), net.end(Part.SCORES_BIAS), SCORES_SIZE / greatest);
    }
  }

  /** New units fire, but what reads them weighs them zero: a gradient, and no change yet. */
  private void grow(CompactNet net, SplitMix mix) {
    for (int u = first.length; u < net.first; u++) {
      for (int row = 0; row < net.rows; row++) {
        net.weights[net.table(u, row)] = TABLE_SIZE / 2 + 0.5f * (float) mix.gaussian();
      }
      for (int f = 0; f < net.features; f++) {
        net.weights[net.feature(u, f)] = 0.3f * (float) mix.gaussian();
      }
    }
    for (int v = second.length; v < net.second; v++) {
      for (int u = 0; u < net.first; u++) {
        net.weights[net.hidden(v, u)] = 0.5f * Math.abs((float) mix.gaussian());
      }
    }
  }
}
