package dev.axon64.bench.cli;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What a case took, round by round. Rounds go over all cases in turn, so that a slow minute of the
 * machine meets all of them, and ratios are taken within a round.
 *
 * @param <C> the kind of case
 * @param of the case
 * @param rounds nanoseconds per call, by round and iteration
 * @param allocated bytes per call, of the last round
 */
record Measurement<C extends BenchCase>(C of, List<double[]> rounds, double allocated) {
  Measurement {
    rounds = List.copyOf(rounds);
  }

  /** Median of all iterations, in nanoseconds per call. */
  double nanoseconds() {
    return quantile(all(), 0.5);
  }

  /** The fastest iteration, in nanoseconds per call: what a bound on speed has to be taken from. */
  double fastest() {
    return quantile(all(), 0);
  }

  /** Half the distance between the quartiles, as a share of the median. */
  double spread() {
    double[] all = all();
    return (quantile(all, 0.75) - quantile(all, 0.25)) / 2 / quantile(all, 0.5);
  }

  /**
   * Median over the rounds of how many times more words (or samples) a second this does than {@code
   * base}.
   */
  OptionalDouble timesFaster(Measurement<?> base) {
    int common = Math.min(rounds.size(), base.rounds.size());
    if (common == 0) {
      return OptionalDouble.empty();
    }
    double words = (double) of.batch() / base.of.batch();
    double[] ratios = new double[common];
    for (int r = 0; r < common; r++) {
      double mine = quantile(rounds.get(r), 0.5);
      ratios[r] = words * quantile(base.rounds.get(r), 0.5) / mine;
    }
    return OptionalDouble.of(quantile(ratios, 0.5));
  }

  private double[] all() {
    return rounds.stream().flatMapToDouble(Arrays::stream).toArray();
  }

  /** Linear between the two nearest values. */
  static double quantile(double[] values, double share) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double place = share * (sorted.length - 1);
    int below = (int) place;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }
}
