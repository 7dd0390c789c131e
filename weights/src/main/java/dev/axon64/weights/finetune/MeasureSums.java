package dev.axon64.weights.finetune;

/** Sums of measures over samples; a value of NaN says that a measure does not apply. */
public final class MeasureSums {
  private final double[] sums;
  private final int[] counts;
  private int samples;

  /**
   * @param measures how many there are
   */
  public MeasureSums(int measures) {
    sums = new double[measures];
    counts = new int[measures];
  }

  /** Adds a sample's values, one for each measure. */
  public void add(double[] values) {
    samples++;
    for (int i = 0; i < sums.length; i++) {
      if (!Double.isNaN(values[i])) {
        sums[i] += values[i];
        counts[i]++;
      }
    }
  }

  /** Samples added. */
  public int samples() {
    return samples;
  }

  /** Samples to which a measure applied. */
  public int count(int measure) {
    return counts[measure];
  }

  /** The sum of a measure: of one that is a share, how many were right. */
  public double sum(int measure) {
    return sums[measure];
  }

  /** The mean of a measure; NaN if it applied to nothing. */
  public double mean(int measure) {
    return counts[measure] == 0 ? Double.NaN : sums[measure] / counts[measure];
  }
}
