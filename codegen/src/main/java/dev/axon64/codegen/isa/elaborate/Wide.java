package dev.axon64.codegen.isa.elaborate;

import dev.axon64.codegen.isa.elaborate.Value.Bits;
import dev.axon64.codegen.isa.ir.BinaryOp;
import dev.axon64.codegen.isa.ir.Node;
import dev.axon64.codegen.isa.ir.Ops;
import dev.axon64.codegen.isa.ir.UnaryOp;

/** Operations on values of up to 128 bits, made of nodes of up to 64. */
final class Wide {
  private static final int HALF = Long.SIZE;

  private Wide() {}

  /** A constant. */
  static Bits make(int width, long low, long high) {
    return width <= HALF
        ? Bits.of(Ops.constant(width, low))
        : new Bits(Ops.constant(HALF, low), Ops.constant(width - HALF, high));
  }

  /** The {@code width} bits from bit {@code low} up. */
  static Bits slice(Bits a, int low, int width) {
    if (a.high() == null) {
      return Bits.of(Ops.extract(width, low, a.low()));
    }
    if (low >= HALF) {
      return Bits.of(Ops.extract(width, low - HALF, a.high()));
    }
    int below = Math.min(width, HALF - low);
    Bits first = Bits.of(Ops.extract(below, low, a.low()));
    return below == width ? first : concat(Bits.of(Ops.extract(width - below, 0, a.high())), first);
  }

  /** {@code high} on top of {@code low}. */
  static Bits concat(Bits high, Bits low) {
    int seam = low.width();
    if (seam + high.width() <= HALF) {
      return Bits.of(Ops.concat(high.low(), low.low()));
    }
    if (seam == HALF) {
      return new Bits(low.low(), high.low());
    }
    if (seam > HALF) {
      return new Bits(low.low(), Ops.concat(high.low(), low.high()));
    }
    int fill = HALF - seam;
    Node lower = Ops.concat(slice(high, 0, fill).low(), low.low());
    return new Bits(lower, slice(high, fill, high.width() - fill).low());
  }

  /** Zero- or sign-extends. */
  static Bits extend(Bits a, int width, boolean signed) {
    if (width <= HALF) {
      return Bits.of(Ops.extend(width, signed, a.low()));
    }
    if (a.high() != null) {
      return new Bits(a.low(), Ops.extend(width - HALF, signed, a.high()));
    }
    Node low = Ops.extend(HALF, signed, a.low());
    Node high =
        signed
            ? Ops.extend(width - HALF, true, Ops.extract(1, HALF - 1, low))
            : Ops.constant(width - HALF, 0);
    return new Bits(low, high);
  }

  /** A bitwise operation. */
  static Bits bitwise(BinaryOp op, Bits a, Bits b) {
    Node low = Ops.binary(op, a.low(), b.low());
    return a.high() == null ? Bits.of(low) : new Bits(low, Ops.binary(op, a.high(), b.high()));
  }

  static Bits not(Bits a) {
    return new Bits(Ops.not(a.low()), a.high() == null ? null : Ops.not(a.high()));
  }

  static Bits add(Bits a, Bits b) {
    Node low = Ops.binary(BinaryOp.ADD, a.low(), b.low());
    if (a.high() == null) {
      return Bits.of(low);
    }
    Node carry = Ops.extend(a.high().width(), false, Ops.binary(BinaryOp.ULT, low, a.low()));
    return new Bits(
        low, Ops.binary(BinaryOp.ADD, Ops.binary(BinaryOp.ADD, a.high(), b.high()), carry));
  }

  static Bits subtract(Bits a, Bits b) {
    Node low = Ops.binary(BinaryOp.SUB, a.low(), b.low());
    if (a.high() == null) {
      return Bits.of(low);
    }
    Node borrow = Ops.extend(a.high().width(), false, Ops.binary(BinaryOp.ULT, a.low(), b.low()));
    return new Bits(
        low, Ops.binary(BinaryOp.SUB, Ops.binary(BinaryOp.SUB, a.high(), b.high()), borrow));
  }

  static Bits multiply(Bits a, Bits b) {
    Node low = Ops.binary(BinaryOp.MUL, a.low(), b.low());
    if (a.high() == null) {
      return Bits.of(low);
    }
    int top = a.high().width();
    Node carried = Ops.extract(top, 0, Ops.binary(BinaryOp.UMULH, a.low(), b.low()));
    Node crossed =
        Ops.binary(
            BinaryOp.ADD,
            Ops.binary(BinaryOp.MUL, a.high(), Ops.extract(top, 0, b.low())),
            Ops.binary(BinaryOp.MUL, b.high(), Ops.extract(top, 0, a.low())));
    return new Bits(low, Ops.binary(BinaryOp.ADD, carried, crossed));
  }

  static Node equal(Bits a, Bits b) {
    Node low = Ops.binary(BinaryOp.EQ, a.low(), b.low());
    return a.high() == null
        ? low
        : Ops.binary(BinaryOp.AND, low, Ops.binary(BinaryOp.EQ, a.high(), b.high()));
  }

  /** Less than, signed or not. */
  static Node less(Bits a, Bits b, boolean signed) {
    BinaryOp op = signed ? BinaryOp.SLT : BinaryOp.ULT;
    if (a.high() == null) {
      return Ops.binary(op, a.low(), b.low());
    }
    Node tie = Ops.binary(BinaryOp.EQ, a.high(), b.high());
    return Ops.select(
        tie, Ops.binary(BinaryOp.ULT, a.low(), b.low()), Ops.binary(op, a.high(), b.high()));
  }

  static Bits select(Node condition, Bits yes, Bits no) {
    Node low = Ops.select(condition, yes.low(), no.low());
    return new Bits(low, yes.high() == null ? null : Ops.select(condition, yes.high(), no.high()));
  }

  /**
   * Shifts by an amount of any width.
   *
   * @param op LSL, LSR or ASR
   */
  static Bits shift(BinaryOp op, Bits a, Node amount) {
    if (a.high() == null) {
      return Bits.of(Ops.binary(op, a.low(), amount));
    }
    int width = a.width();
    if (width < Value.WIDEST) {
      Bits wide = extend(a, Value.WIDEST, op == BinaryOp.ASR);
      return slice(shift(op, wide, amount), 0, width);
    }
    // Where one of the three amounts wraps, its shift is by more than 64 and gives nothing.
    Node by = Ops.extend(HALF, false, amount);
    Node rest = Ops.binary(BinaryOp.SUB, Ops.constant(HALF, HALF), by);
    Node beyond = Ops.binary(BinaryOp.SUB, by, Ops.constant(HALF, HALF));
    if (op == BinaryOp.LSL) {
      Node low = Ops.binary(BinaryOp.LSL, a.low(), by);
      return new Bits(
          low,
          any(
              Ops.binary(BinaryOp.LSL, a.high(), by),
              Ops.binary(BinaryOp.LSR, a.low(), rest),
              Ops.binary(BinaryOp.LSL, a.low(), beyond)));
    }
    Node far = Ops.binary(BinaryOp.ULT, by, Ops.constant(HALF, HALF));
    Node near =
        Ops.binary(
            BinaryOp.OR,
            Ops.binary(BinaryOp.LSR, a.low(), by),
            Ops.binary(BinaryOp.LSL, a.high(), rest));
    return new Bits(
        Ops.select(far, near, Ops.binary(op, a.high(), beyond)), Ops.binary(op, a.high(), by));
  }

  private static Node any(Node a, Node b, Node c) {
    return Ops.binary(BinaryOp.OR, Ops.binary(BinaryOp.OR, a, b), c);
  }

  /** Rotates right by an amount modulo the width, which is a power of two or known. */
  static Bits rotate(Bits a, Node amount) {
    int width = a.width();
    if (width == 32 || width == 64) {
      return Bits.of(Ops.binary(BinaryOp.ROR, a.low(), amount));
    }
    if (amount instanceof Node.Const c) {
      int by = (int) Long.remainderUnsigned(c.value(), width);
      return by == 0 ? a : concat(slice(a, 0, by), slice(a, by, width - by));
    }
    Node by =
        Ops.binary(BinaryOp.AND, Ops.extend(HALF, false, amount), Ops.constant(HALF, width - 1));
    Node rest = Ops.binary(BinaryOp.SUB, Ops.constant(HALF, width), by);
    return bitwise(BinaryOp.OR, shift(BinaryOp.LSR, a, by), shift(BinaryOp.LSL, a, rest));
  }

  /** The number of leading zeros, in the width of {@code a}. */
  static Bits leadingZeros(Bits a) {
    if (a.high() == null) {
      return Bits.of(Ops.unary(UnaryOp.CLZ, a.low()));
    }
    int top = a.high().width();
    Node inLow = Ops.binary(BinaryOp.ADD, Ops.unary(UnaryOp.CLZ, a.low()), Ops.constant(HALF, top));
    Node inHigh = Ops.extend(HALF, false, Ops.unary(UnaryOp.CLZ, a.high()));
    Node none = Ops.binary(BinaryOp.EQ, a.high(), Ops.constant(top, 0));
    return extend(Bits.of(Ops.select(none, inLow, inHigh)), a.width(), false);
  }

  /** The number of ones, in the width of {@code a}. */
  static Bits ones(Bits a) {
    Node low = Ops.unary(UnaryOp.COUNT, a.low());
    if (a.high() == null) {
      return Bits.of(low);
    }
    Node high = Ops.extend(HALF, false, Ops.unary(UnaryOp.COUNT, a.high()));
    return extend(Bits.of(Ops.binary(BinaryOp.ADD, low, high)), a.width(), false);
  }

  /** The parts of {@code unit} bits in reversed order. */
  static Bits reverse(Bits a, int unit) {
    int width = a.width();
    if (width <= HALF && unit == 1) {
      return Bits.of(Ops.unary(UnaryOp.REVERSE, a.low()));
    }
    if (unit == 8 && (width == 16 || width == 32 || width == 64)) {
      return Bits.of(Ops.unary(UnaryOp.REVERSE_BYTES, a.low()));
    }
    if (width == Value.WIDEST && unit <= HALF) {
      return new Bits(
          reverse(Bits.of(a.high()), unit).low(), reverse(Bits.of(a.low()), unit).low());
    }
    Bits result = slice(a, 0, unit);
    for (int low = unit; low < width; low += unit) {
      result = concat(result, slice(a, low, unit));
    }
    return result;
  }
}
