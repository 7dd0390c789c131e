package dev.axon64.codegen.network.program;

import java.util.ArrayList;
import java.util.List;

/**
 * A place in a buffer: a constant plus loop counters times strides.
 *
 * @param base the constant
 * @param terms at most one per counter
 */
public record Index(int base, List<Term> terms) {
  /** A counter times a stride. */
  public record Term(Counter counter, int stride) {}

  public Index {
    terms = List.copyOf(terms);
  }

  /** A constant place. */
  public static Index at(int base) {
    return new Index(base, List.of());
  }

  /** Returns this place plus a multiple of a counter. */
  public Index plus(Counter counter, int stride) {
    List<Term> more = new ArrayList<>(terms);
    more.add(new Term(counter, stride));
    return new Index(base, more);
  }

  /** Returns this place plus a constant. */
  public Index plus(int constant) {
    return new Index(base + constant, terms);
  }

  /** The distance that one step of the counter adds; 0 if the place does not depend on it. */
  public int stride(Counter counter) {
    return terms.stream().filter(t -> t.counter().equals(counter)).mapToInt(Term::stride).sum();
  }

  /** The smallest place. */
  long least() {
    return base + terms.stream().mapToLong(t -> Math.min(0, reach(t))).sum();
  }

  /** The greatest place. */
  long most() {
    return base + terms.stream().mapToLong(t -> Math.max(0, reach(t))).sum();
  }

  private static long reach(Term term) {
    return (long) term.stride() * (term.counter().count() - 1);
  }
}
