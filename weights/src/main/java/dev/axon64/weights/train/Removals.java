package dev.axon64.weights.train;

import dev.axon64.weights.train.CompactNet.Part;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What pruning can take out of a network: a feature for all units, a unit of either hidden layer,
 * or a single term. Numbered: features, first-layer units, second-layer units, then weights.
 */
final class Removals {
  private Removals() {}

  static int count(CompactNet net) {
    return net.features + net.first + net.second + net.weights.length;
  }

  /**
   * The live weights that removal {@code number} would take out; empty if it would take out none.
   */
  static List<Integer> weights(CompactNet net, int number) {
    int n = number;
    List<Integer> out = new ArrayList<>();
    if (n < net.features) {
      for (int u = 0; u < net.first; u++) {
        out.add(net.feature(u, n));
      }
      return live(net, out);
    }
    n -= net.features;
    if (n < net.first) {
      return live(net, firstUnit(net, n));
    }
    n -= net.first;
    if (n < net.second) {
      return live(net, secondUnit(net, n));
    }
    n -= net.second;
    boolean term =
        (n >= net.start(Part.FEATURES) && n < net.end(Part.HIDDEN))
            || (n >= net.start(Part.SCORES) && n < net.end(Part.SCORES));
    return term ? live(net, List.of(n)) : List.of();
  }

  /** Takes removal {@code number} out. */
  static void apply(CompactNet net, int number) {
    weights(net, number).forEach(net::kill);
  }

  /** Every removal that would take something out, the one that hurts least first. */
  static List<Integer> byHarm(CompactNet net, DomainCheck.Blocks domain, float margin) {
    record Candidate(int removal, double harm) {}
    List<Candidate> candidates = new ArrayList<>();
    for (int r = 0; r < count(net); r++) {
      if (!weights(net, r).isEmpty()) {
        CompactNet without = net.copy();
        apply(without, r);
        candidates.add(new Candidate(r, DomainCheck.of(without, domain, margin).shortfall()));
      }
    }
    candidates.sort(
        Comparator.comparingDouble(Candidate::harm).thenComparingInt(Candidate::removal));
    return candidates.stream().map(Candidate::removal).toList();
  }

  private static List<Integer> firstUnit(CompactNet net, int unit) {
    List<Integer> out = new ArrayList<>();
    for (int row = 0; row < net.rows; row++) {
      out.add(net.table(unit, row));
    }
    for (int f = 0; f < net.features; f++) {
      out.add(net.feature(unit, f));
    }
    for (int u = 0; u < net.second; u++) {
      out.add(net.hidden(u, unit));
    }
    return out;
  }

  private static List<Integer> secondUnit(CompactNet net, int unit) {
    List<Integer> out = new ArrayList<>();
    for (int i = 0; i < net.first; i++) {
      out.add(net.hidden(unit, i));
    }
    out.add(net.start(Part.HIDDEN_BIAS) + unit);
    for (int k = 0; k < net.kernels; k++) {
      out.add(net.score(k, unit));
    }
    return out;
  }

  private static List<Integer> live(CompactNet net, List<Integer> weights) {
    return weights.stream().filter(w -> net.live[w]).toList();
  }
}
