package dev.axon64.codegen.isa.elaborate;

import dev.axon64.codegen.isa.ir.Node;
import dev.axon64.codegen.isa.ir.Ops;
import dev.axon64.codegen.isa.syntax.Position;
import java.util.List;

/** What an expression stands for while the spec is read. */
sealed interface Value {
  /** The widest value of the language. */
  int WIDEST = 128;

  /**
   * A number.
   *
   * @param width the width of the field that it came from, or 0 if it has none
   */
  record Number(long value, int width) implements Value {}

  /**
   * Bits.
   *
   * @param low the low 64 bits, or all if there are no more
   * @param high the bits above them, or null if there are none
   */
  record Bits(Node low, Node high) implements Value {
    int width() {
      return high == null ? low.width() : Long.SIZE + high.width();
    }

    /** A value of up to 64 bits. */
    static Bits of(Node node) {
      return new Bits(node, null);
    }

    /** Whether all of it is known. */
    boolean known() {
      return low instanceof Node.Const && (high == null || high instanceof Node.Const);
    }
  }

  /** The results of a function that has several. */
  record Tuple(List<Value> parts) implements Value {}

  /** The value of a call that gives none. */
  record Nothing() implements Value {}

  /** A number without width. */
  static Number number(long value) {
    return new Number(value, 0);
  }

  /** Returns this as a number, which must be known. */
  default long asNumber(Position at) {
    if (this instanceof Number n) {
      return n.value();
    }
    if (this instanceof Bits b && b.high() == null && b.low() instanceof Node.Const c) {
      return c.value();
    }
    throw at.error(
        "a number is needed here that is known when the spec is read, such as a split field");
  }

  /** Returns this as bits; a number takes its field's width. */
  default Bits asBits(Position at) {
    if (this instanceof Bits b) {
      return b;
    }
    if (this instanceof Number n && n.width() > 0) {
      return Bits.of(Ops.constant(n.width(), n.value()));
    }
    throw at.error(
        this instanceof Number
            ? "the number has no width here; write bits(k, n)"
            : "a single value is needed here, not none and not several");
  }

  /** Returns this as bits of a width; a number without width must fit. */
  default Bits asBits(int width, Position at) {
    if (this instanceof Number n) {
      return fit(n.value(), width, at);
    }
    Bits bits = asBits(at);
    if (bits.width() != width) {
      throw at.error(
          "the value has "
              + bits.width()
              + " bits; "
              + width
              + " are needed here, so slice or extend it");
    }
    return bits;
  }

  private static Bits fit(long value, int width, Position at) {
    if (width < Long.SIZE
        && (value & Ops.mask(width)) != value
        && (value | Ops.mask(width - 1)) != -1) {
      throw at.error(
          "the number " + value + " does not fit into " + width + " bits; give a smaller one");
    }
    return Wide.make(width, value, value < 0 && width > Long.SIZE ? -1 : 0);
  }

  /** Returns this as a node of up to 64 bits. */
  default Node asNode(Position at) {
    Bits bits = asBits(at);
    if (bits.high() != null) {
      throw at.error(
          "the value has " + bits.width() + " bits; up to 64 can stand here, so take it apart");
    }
    return bits.low();
  }
}
