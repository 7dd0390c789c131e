package dev.axon64.codegen.emit.java;

import dev.axon64.codegen.network.ForwardPlan.PlannedLayer;
import dev.axon64.codegen.network.ForwardPlan.Term;
import dev.axon64.codegen.network.ForwardPlan.Unit;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a layer's sums into pieces and packs the pieces into methods of a bounded number of vector
 * operations: C2 stops inlining Vector-API calls, and boxes every vector, in methods much larger.
 */
final class SumSplitter {
  /** Multiply-adds in one method. Measured on JDK 25: 48 keep vectors in registers, 96 box them. */
  static final int MOST_TERMS = 32;

  /** Units in one method: each keeps an accumulator live. */
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

  /** One list of pieces a method, in an order that keeps every unit's pieces in sequence. */
  static List<List<Piece>> methods(PlannedLayer layer) {
    List<List<Piece>> methods = new ArrayList<>();
    List<Piece> current = new ArrayList<>();
    int terms = 0;
    for (int u = 0; u < layer.units().size(); u++) {
      for (Piece piece : pieces(u, layer.units().get(u))) {
        int size = Math.max(1, piece.terms.size());
        boolean sameUnit = current.stream().anyMatch(p -> p.unit == piece.unit);
        boolean full = terms + size > MOST_TERMS || current.size() == MOST_UNITS || sameUnit;
        if (!current.isEmpty() && full) {
          methods.add(current);
          current = new ArrayList<>();
          terms = 0;
        }
        current.add(piece);
        terms += size;
      }
    }
    methods.add(current);
    return methods;
  }

  private static List<Piece> pieces(int position, Unit unit) {
    List<Piece> pieces = new ArrayList<>();
    List<Term> terms = unit.terms();
    int from = 0;
    do {
      int to = Math.min(terms.size(), from + MOST_TERMS);
      pieces.add(new Piece(position, terms.subList(from, to), from == 0, to == terms.size()));
      from = to;
    } while (from < terms.size());
    return pieces;
  }
}
