package dev.axon64.codegen.emit.dispatch.java;

import dev.axon64.codegen.network.ForwardPlan.PlannedLayer;
import dev.axon64.codegen.network.ForwardPlan.Term;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a layer's sums into pieces and packs the pieces into methods of a bounded number of vector
 * operations: C2 stops inlining Vector-API calls, and boxes every vector, in methods much larger.
 */
final class SumSplitter {
  /**
   * The most multiply-adds in one method. On JDK 25, 48 keep vectors in registers and 96 box them.
   */
  static final int MOST_TERMS = 32;

  /** The most units in one method, since each keeps an accumulator live. */
  static final int MOST_UNITS = 4;

  /**
   * Part of a unit's sum.
   *
   * @param unit position in the planned layer
   * @param terms in order
   * @param first whether the sum starts here, else it goes on from its stored partial value
   * @param last whether the sum ends here and the activation follows
   */
  record Piece(int unit, List<Term> terms, boolean first, boolean last) {}

  private SumSplitter() {}

  /**
   * Returns one list of pieces per method, in an order that keeps every unit's pieces in sequence.
   * The units of a method are summed side by side, since one long sum alone would wait for each of
   * its own adds.
   */
  static List<List<Piece>> methods(PlannedLayer layer) {
    return methods(layer, MOST_UNITS);
  }

  /**
   * The same for scores, of which only the best stays live: more fit a method if they are short.
   */
  static List<List<Piece>> compared(PlannedLayer layer) {
    int longest = layer.units().stream().mapToInt(u -> u.terms().size()).max().orElse(0);
    boolean isShort = longest <= MOST_TERMS / BlockMethods.MOST_STEPS;
    return methods(layer, isShort ? BlockMethods.MOST_STEPS : MOST_UNITS);
  }

  private static List<List<Piece>> methods(PlannedLayer layer, int most) {
    List<List<Piece>> methods = new ArrayList<>();
    int units = layer.units().size();
    for (int from = 0; from < units; from += most) {
      methods.addAll(abreast(layer, from, Math.min(units, from + most)));
    }
    return methods;
  }

  private static List<List<Piece>> abreast(PlannedLayer layer, int from, int to) {
    int length = MOST_TERMS / (to - from);
    List<List<Piece>> methods = new ArrayList<>();
    for (int u = from; u < to; u++) {
      List<Term> terms = layer.units().get(u).terms();
      int cuts = Math.max(1, (terms.size() + length - 1) / length);
      for (int cut = 0; cut < cuts; cut++) {
        if (cut == methods.size()) {
          methods.add(new ArrayList<>());
        }
        List<Term> part = terms.subList(cut * length, Math.min(terms.size(), (cut + 1) * length));
        methods.get(cut).add(new Piece(u, part, cut == 0, cut == cuts - 1));
      }
    }
    return methods;
  }
}
