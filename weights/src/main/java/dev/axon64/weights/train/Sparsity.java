package dev.axon64.weights.train;

import dev.axon64.codegen.network.spec.DispatchSpec;
import dev.axon64.codegen.network.spec.Source;
import dev.axon64.weights.train.CompactNet.Part;

/** Which terms and units of a network are alive. */
final class Sparsity {
  private static final Part[] TERMS = {Part.FEATURES, Part.HIDDEN, Part.SCORES};

  private Sparsity() {}

  /** Whether the penalty and pruning work on this part: tables and biases cost nothing. */
  static boolean counts(Part part) {
    return part == Part.FEATURES || part == Part.HIDDEN || part == Part.SCORES;
  }

  /** Live multiply-adds after the embedding. */
  static int terms(CompactNet net) {
    int terms = 0;
    for (Part part : TERMS) {
      for (int i = net.start(part); i < net.end(part); i++) {
        terms += net.live[i] ? 1 : 0;
      }
    }
    return terms;
  }

  /** Live hidden units, of both layers. */
  static int units(CompactNet net) {
    int units = 0;
    for (int u = 0; u < net.first; u++) {
      units += firstIsRead(net, u) ? 1 : 0;
    }
    for (int u = 0; u < net.second; u++) {
      units += secondIsRead(net, u) ? 1 : 0;
    }
    return units;
  }

  /** Takes out what reads the pc. */
  static void blind(CompactNet net, DispatchSpec spec) {
    for (int f = 0; f < net.features; f++) {
      boolean pc =
          spec.features().get(f).field().filter(at -> at.source() == Source.PC).isPresent();
      for (int u = 0; u < net.first && pc; u++) {
        net.kill(net.feature(u, f));
      }
    }
  }

  /** Takes out terms that are exactly zero, then {@link #tidy}. */
  static void dropZeros(CompactNet net) {
    for (Part part : TERMS) {
      for (int i = net.start(part); i < net.end(part); i++) {
        if (net.weights[i] == 0) {
          net.kill(i);
        }
      }
    }
    tidy(net);
  }

  /** Takes out what no answer depends on: units that are not read, and units that read nothing. */
  static void tidy(CompactNet net) {
    for (int u = 0; u < net.second; u++) {
      if (!secondReads(net, u)) {
        foldConstant(net, u);
      }
      if (!secondIsRead(net, u)) {
        for (int i = 0; i < net.first; i++) {
          net.kill(net.hidden(u, i));
        }
        net.kill(net.start(Part.HIDDEN_BIAS) + u);
      }
    }
    for (int u = 0; u < net.first; u++) {
      if (!firstIsRead(net, u)) {
        for (int row = 0; row < net.rows; row++) {
          net.kill(net.table(u, row));
        }
        for (int f = 0; f < net.features; f++) {
          net.kill(net.feature(u, f));
        }
      }
    }
  }

  /** A unit without inputs is a constant, and belongs in the biases of what reads it. */
  private static void foldConstant(CompactNet net, int unit) {
    float value = Math.max(net.weights[net.start(Part.HIDDEN_BIAS) + unit], 0f);
    for (int k = 0; k < net.kernels; k++) {
      int score = net.score(k, unit);
      net.weights[net.start(Part.SCORES_BIAS) + k] += net.weights[score] * value;
      net.kill(score);
    }
  }

  private static boolean secondReads(CompactNet net, int unit) {
    for (int i = 0; i < net.first; i++) {
      if (net.live[net.hidden(unit, i)]) {
        return true;
      }
    }
    return false;
  }

  private static boolean secondIsRead(CompactNet net, int unit) {
    for (int k = 0; k < net.kernels; k++) {
      if (net.live[net.score(k, unit)]) {
        return true;
      }
    }
    return false;
  }

  private static boolean firstIsRead(CompactNet net, int unit) {
    for (int u = 0; u < net.second; u++) {
      if (net.live[net.hidden(u, unit)]) {
        return true;
      }
    }
    return false;
  }
}
