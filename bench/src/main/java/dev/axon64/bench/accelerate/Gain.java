package dev.axon64.bench.accelerate;

import java.util.List;

/**
 * What acceleration did for a program.
 *
 * @param program the guest
 * @param plain what was counted without acceleration
 * @param fast what was counted with it
 * @param times seconds, round by round
 * @param difference what was not the same; empty if all was
 */
public record Gain(
    Program program, Counts plain, Counts fast, List<Times> times, String difference) {
  /** Seconds of one round's two commands. */
  public record Times(double plain, double fast) {
    double ratio() {
      return plain / fast;
    }
  }

  public Gain {
    times = List.copyOf(times);
  }

  /** Instructions of the guest. */
  public long instructions() {
    return plain.instructions();
  }

  /** One instruction in so many is still executed. */
  public double oneIn() {
    return (double) fast.instructions() / Math.max(1, fast.executed());
  }

  /** Median seconds without acceleration. */
  public double plainSeconds() {
    return median(times.stream().mapToDouble(Times::plain).sorted().toArray());
  }

  /** Median seconds with acceleration. */
  public double fastSeconds() {
    return median(times.stream().mapToDouble(Times::fast).sorted().toArray());
  }

  /** Median over the rounds of how many times less time acceleration takes. */
  public double ratio() {
    return median(times.stream().mapToDouble(Times::ratio).sorted().toArray());
  }

  /** Half the distance of the rounds' ratios, as a share of the median. */
  public double spread() {
    double[] sorted = times.stream().mapToDouble(Times::ratio).sorted().toArray();
    return (sorted[sorted.length - 1] - sorted[0]) / 2 / median(sorted);
  }

  private static double median(double[] sorted) {
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /** Geometric mean of the ratios; NaN of none. */
  public static double mean(List<Gain> gains) {
    return Math.exp(
        gains.stream().mapToDouble(gain -> Math.log(gain.ratio())).average().orElse(Double.NaN));
  }
}
