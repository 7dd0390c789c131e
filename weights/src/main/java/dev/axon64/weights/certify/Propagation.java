package dev.axon64.weights.certify;

import dev.axon64.codegen.network.Network;
import dev.axon64.codegen.network.spec.BitField;
import dev.axon64.codegen.network.spec.DispatchSpec;
import dev.axon64.codegen.network.spec.Feature;
import dev.axon64.codegen.network.spec.LayerSpec;
import dev.axon64.codegen.network.spec.LayerSpec.Activation;

/**
 * The range of every unit in real arithmetic, for inputs known to lie in ranges, and how far any
 * float32 evaluation can be from it.
 *
 * <p>The model is the standard one of rounding errors (N. J. Higham, Accuracy and Stability of
 * Numerical Algorithms, 2nd ed., sections 2.2, 3.1 and 4.2): each operation has a relative error of
 * at most u = 2^-24, and gamma_n = n u / (1 - n u). A sum of a bias and n products, added in any
 * order, each product rounded or fused into an addition, differs from the real sum of the same
 * float32 inputs by at most gamma_(n+1) times the sum of the terms' absolute values. Each unit's
 * value is computed once. A feature's quotient may be a division or a multiplication by the rounded
 * reciprocal (gamma_2). Results below 2^-126 may be flushed to zero. Ranges are computed in double
 * and widened by more than what double rounds. Not thread-safe.
 */
final class Propagation {
  private static final double UNIT_ROUNDOFF = 0x1p-24;
  private static final double LEAST_NORMAL = 0x1p-126;

  /** Above what the additions of fewer than 2^20 positive doubles lose. */
  private static final double SLACK = 1 + 0x1p-30;

  private final Network network;
  private final DispatchSpec spec;

  /** Inputs of each layer; the last entry is the scores. */
  final double[][] least;

  final double[][] greatest;
  final double[][] error;

  /** Of each score: the rounding error of its own sum, without what its inputs bring. */
  private final double[] ownError;

  Propagation(Network network) {
    this.network = network;
    this.spec = network.spec();
    int layers = spec.layers().size();
    least = new double[layers + 1][];
    greatest = new double[layers + 1][];
    error = new double[layers + 1][];
    for (int l = 0; l <= layers; l++) {
      int width = l < layers ? spec.layers().get(l).inputs() : spec.layers().get(l - 1).outputs();
      least[l] = new double[width];
      greatest[l] = new double[width];
      error[l] = new double[width];
    }
    ownError = new double[spec.kernels().size()];
  }

  static double gamma(int n) {
    return n * UNIT_ROUNDOFF / (1 - n * UNIT_ROUNDOFF);
  }

  /** Sets the embedding's part of the inputs to that row. */
  void row(int row) {
    for (int c = 0; c < spec.embeddingWidth(); c++) {
      least[0][c] = network.embedding(row, c);
      greatest[0][c] = network.embedding(row, c);
    }
  }

  /** Sets a feature to all values that its field can have. */
  void wholeFeature(int f) {
    Feature feature = spec.features().get(f);
    switch (feature) {
      case Feature.Constant constant -> set(f, constant.constant(), constant.constant(), 1);
      case Feature.Scaled scaled -> set(f, 0, scaled.bits().mask(), scaled.divisor());
    }
  }

  /** Sets a feature to its value for this word at this pc. */
  void feature(int f, int word, long pc) {
    Feature feature = spec.features().get(f);
    switch (feature) {
      case Feature.Constant constant -> set(f, constant.constant(), constant.constant(), 1);
      case Feature.Scaled scaled -> {
        int value = scaled.bits().extract(word, pc);
        set(f, value, value, scaled.divisor());
      }
    }
  }

  /**
   * Sets a feature to all values that it can have for aligned consecutive words, {@code first} to
   * {@code last}: bits above their low ones are the same in all, so a field is least in the first
   * and greatest in the last.
   */
  void wordFeature(int f, int first, int last) {
    switch (spec.features().get(f)) {
      case Feature.Constant constant -> set(f, constant.constant(), constant.constant(), 1);
      case Feature.Scaled scaled -> {
        BitField bits = scaled.bits();
        set(f, bits.extract(first, 0), bits.extract(last, 0), scaled.divisor());
      }
    }
  }

  private void set(int f, double low, double high, double divisor) {
    int i = spec.embeddingWidth() + f;
    boolean exact = Math.scalb(1.0, Math.getExponent(divisor)) == divisor;
    least[0][i] = exact ? low / divisor : low / divisor * (2 - SLACK);
    greatest[0][i] = exact ? high / divisor : high / divisor * SLACK;
    error[0][i] = exact ? 0 : gamma(2) * high / divisor * SLACK + 2 * LEAST_NORMAL;
  }

  /** Carries the inputs' ranges and errors through all layers. */
  void run() {
    for (int l = 0; l < spec.layers().size(); l++) {
      LayerSpec layer = spec.layers().get(l);
      for (int unit = 0; unit < layer.outputs(); unit++) {
        unit(l, unit, layer);
      }
    }
  }

  private void unit(int l, int unit, LayerSpec layer) {
    double bias = network.bias(l, unit);
    double low = bias;
    double high = bias;
    double absolute = Math.abs(bias);
    double carried = 0;
    double flushed = 2 * LEAST_NORMAL;
    int terms = 0;
    for (int i = 0; i < layer.inputs(); i++) {
      double weight = network.weight(l, unit, i);
      double a = weight * least[l][i];
      double b = weight * greatest[l][i];
      double e = Math.abs(weight) * error[l][i];
      double most = Math.max(Math.abs(a), Math.abs(b)) + e;
      if (most != 0) {
        low += Math.min(a, b);
        high += Math.max(a, b);
        absolute += most;
        carried += e;
        flushed += LEAST_NORMAL * (3 + magnitude(l, i) + Math.abs(weight));
        terms++;
      }
    }
    double widening = (terms + 4) * 0x1p-51 * absolute;
    boolean constant = terms == 0 && (bias == 0 || Math.abs(bias) >= LEAST_NORMAL);
    double own = constant ? 0 : (gamma(terms + 1) * absolute + 2 * flushed) * SLACK;
    put(l + 1, unit, low - widening, high + widening, own + carried * SLACK, layer.activation());
    if (l + 1 == spec.layers().size()) {
      ownError[unit] = own;
    }
  }

  private double magnitude(int l, int i) {
    return Math.max(Math.abs(least[l][i]), Math.abs(greatest[l][i])) + error[l][i];
  }

  private void put(int l, int unit, double low, double high, double e, Activation activation) {
    if (activation == Activation.RELU) {
      boolean silent = high + e <= 0;
      least[l][unit] = Math.max(low, 0);
      greatest[l][unit] = Math.max(high, 0);
      error[l][unit] = silent ? 0 : e;
    } else {
      least[l][unit] = low;
      greatest[l][unit] = high;
      error[l][unit] = e;
    }
  }

  /** Bound on the error of score {@code a} less score {@code b}. */
  double differenceError(int a, int b) {
    int last = spec.layers().size() - 1;
    double carried = 0;
    for (int i = 0; i < error[last].length; i++) {
      double weight = (double) network.weight(last, a, i) - network.weight(last, b, i);
      carried += Math.abs(weight) * error[last][i];
    }
    return ownError[a] + ownError[b] + carried * SLACK;
  }

  /** Whether some score can be, or be computed, as low as the decision's floor. */
  boolean floorMatters() {
    int last = spec.layers().size();
    for (int k = 0; k < ownError.length; k++) {
      if (least[last][k] - error[last][k] <= spec.decision().floor()) {
        return true;
      }
    }
    return false;
  }

  /**
   * Bound on the error of any comparison that decides for {@code kernel}: against another score or,
   * where the decision's floor is in reach, of any score against it.
   */
  double decisionError(int kernel) {
    double most = 0;
    for (int other = 0; other < ownError.length; other++) {
      if (other != kernel) {
        most = Math.max(most, differenceError(kernel, other));
      }
      if (floorMatters()) {
        most = Math.max(most, error[spec.layers().size()][other]);
      }
    }
    return most;
  }
}
