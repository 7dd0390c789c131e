package dev.axon64.codegen.network.program;

import java.util.List;

/** A part of a program; steps run one after another and hand values on in buffers only. */
public sealed interface Step {
  /** Lanes come in multiples of this number, whatever the vector width is. */
  int LANES = 16;

  /** Runs steps for each count, in order. */
  record Repeat(Counter counter, List<Step> body) implements Step {
    public Repeat {
      body = List.copyOf(body);
    }
  }

  /**
   * A loop whose iterations are independent and may run side by side. Buffers are read and written
   * either at a place that all iterations share (read only) or at neighbouring places.
   *
   * @param name for people, a Java identifier
   * @param lane counts a multiple of {@link #LANES}
   */
  record Lanes(String name, Counter lane, List<Statement> body) implements Step {
    public Lanes {
      body = List.copyOf(body);
    }
  }

  /**
   * Statements in order.
   *
   * @param name for people, a Java identifier
   */
  record Serial(String name, List<Statement> body) implements Step {
    public Serial {
      body = List.copyOf(body);
    }
  }

  /** The next multiple of {@link #LANES}. */
  static int padded(int count) {
    return (count + LANES - 1) / LANES * LANES;
  }
}
