package dev.axon64.bench.companion;

import java.util.List;

/**
 * How far answers lie from those of generated plain loops.
 *
 * @param otherBits how many values of our own executors have other bits; they sum in one order
 * @param farthest the greatest distance of a library's value, which sums in orders of its own; for
 *     values beyond 1 as a share of them
 */
public record Closeness(int otherBits, double farthest) {
  /** Samples that the library is compared on. */
  public static final int SAMPLES = CompanionInputs.SAMPLES;

  /** Samples that our executors are compared on; vectors that are not compiled yet are slow. */
  public static final int OWN_SAMPLES = 4;

  /** The greatest distance allowed. */
  public static final double TOLERANCE = 1e-4;

  /** Compares all executors under the shipped weights. */
  public static Closeness shipped(String network) {
    CompanionInputs inputs = CompanionInputs.shipped(network);
    return new Closeness(otherBits(inputs), farthest(inputs, SAMPLES));
  }

  private static int otherBits(CompanionInputs inputs) {
    float[] ours = inputs.answers(NetworkExecutor.PLAIN, 1, OWN_SAMPLES);
    int otherBits = 0;
    for (NetworkExecutor executor : List.of(NetworkExecutor.VECTORS, NetworkExecutor.INTERPRETER)) {
      float[] answers = inputs.answers(executor, 1, OWN_SAMPLES);
      for (int i = 0; i < ours.length; i++) {
        boolean same = Float.floatToRawIntBits(ours[i]) == Float.floatToRawIntBits(answers[i]);
        otherBits += same ? 0 : 1;
      }
    }
    return otherBits;
  }

  /**
   * The greatest distance of the library's answers, asked for singly and together.
   *
   * @param count how many of them are compared
   */
  static double farthest(CompanionInputs inputs, int count) {
    float[] ours = inputs.answers(NetworkExecutor.PLAIN, 1, count);
    double farthest = 0;
    for (int batch : NetworkExecutor.ONNX.batches()) {
      float[] answers = inputs.answers(NetworkExecutor.ONNX, batch, SAMPLES);
      for (int i = 0; i < ours.length; i++) {
        farthest = Math.max(farthest, distance(ours[i], answers[i]));
      }
    }
    return farthest;
  }

  /** What is no number is as far as can be. */
  static double distance(double expected, double actual) {
    double distance = Math.abs(actual - expected) / Math.max(1, Math.abs(expected));
    return Double.isNaN(distance) ? Double.POSITIVE_INFINITY : distance;
  }

  /** Whether all compute the same. */
  public boolean holds() {
    return otherBits == 0 && farthest <= TOLERANCE;
  }
}
