package dev.axon64.weights.finetune;

import dev.axon64.weights.data.SplitMix;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Two networks on the same samples, by the first measure. Every program counts the same, however
 * many samples it gave; samples of one group count as one observation.
 *
 * @param name of the set of samples
 * @param samples how many
 * @param groups how many
 * @param better samples on which the candidate does better
 * @param worse samples on which it does worse
 * @param before the network in service: the mean of the programs' means
 * @param after the same for the candidate
 * @param low the lower end of where the gain lies with 95 % confidence, by bootstrap over groups
 * @param high the upper end
 * @param chance how likely such a gain is if both are equally good, by flipping the signs of groups
 */
public record Comparison(
    String name,
    int samples,
    int groups,
    int better,
    int worse,
    double before,
    double after,
    double low,
    double high,
    double chance) {
  private static final int RESAMPLED = 2000;

  /** Compares; of no samples all numbers are 0, and the chance is 1. */
  public static Comparison of(String name, List<Paired> pairs) {
    Map<String, Integer> sizes = new LinkedHashMap<>();
    pairs.forEach(pair -> sizes.merge(pair.program(), 1, Integer::sum));
    Map<Long, Double> gains = new LinkedHashMap<>();
    double before = 0;
    double after = 0;
    int better = 0;
    int worse = 0;
    for (Paired pair : pairs) {
      double weight = 1.0 / sizes.size() / sizes.get(pair.program());
      double gain = pair.after()[0] - pair.before()[0];
      before += weight * pair.before()[0];
      after += weight * pair.after()[0];
      better += gain > 0 ? 1 : 0;
      worse += gain < 0 ? 1 : 0;
      gains.merge(pair.group(), weight * gain, Double::sum);
    }
    double[] all = gains.values().stream().mapToDouble(Double::doubleValue).toArray();
    double[] bounds = bounds(all);
    double chance = SignFlips.chance(Arrays.stream(all).filter(gain -> gain != 0).toArray());
    return new Comparison(
        name, pairs.size(), all.length, better, worse, before, after, bounds[0], bounds[1], chance);
  }

  /** What the candidate is better by. */
  public double gain() {
    return after - before;
  }

  private static double[] bounds(double[] gains) {
    SplitMix random = SplitMix.of(gains.length, "bootstrap");
    double[] sums = new double[RESAMPLED];
    for (int draw = 0; draw < RESAMPLED; draw++) {
      for (int i = 0; i < gains.length; i++) {
        sums[draw] += gains[random.below(gains.length)];
      }
    }
    Arrays.sort(sums);
    return new double[] {sums[RESAMPLED / 40], sums[RESAMPLED - 1 - RESAMPLED / 40]};
  }
}
