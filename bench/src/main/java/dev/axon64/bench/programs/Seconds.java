package dev.axon64.bench.programs;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What a process took.
 *
 * @param passed from its start to its end
 * @param spent processor time of all its threads
 */
public record Seconds(double passed, double spent) {
  /** The medians of both. */
  static Seconds median(List<Seconds> all) {
    return new Seconds(median(all, Seconds::passed), median(all, Seconds::spent));
  }

  /** How many times another's both are. */
  Seconds over(Seconds other) {
    return new Seconds(passed / other.passed, spent / other.spent);
  }

  /** The geometric means of both. */
  public static Seconds mean(List<Seconds> all) {
    return new Seconds(mean(all, Seconds::passed), mean(all, Seconds::spent));
  }

  private static double mean(List<Seconds> all, ToDoubleFunction<Seconds> of) {
    return Math.exp(all.stream().mapToDouble(of).map(Math::log).average().orElse(Double.NaN));
  }

  private static double median(List<Seconds> all, ToDoubleFunction<Seconds> of) {
    double[] sorted = all.stream().mapToDouble(of).sorted().toArray();
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }
}
