package dev.axon64.metal.msl;

import java.util.Locale;

/** The scalar types. Small integers compute as int, as in C++; half rounds after each step. */
public enum Scalar implements Type {
  BOOL(1),
  CHAR(1),
  UCHAR(1),
  SHORT(2),
  USHORT(2),
  INT(4),
  UINT(4),
  LONG(8),
  ULONG(8),
  HALF(2),
  BFLOAT(2),
  FLOAT(4);

  private final int bytes;

  Scalar(int bytes) {
    this.bytes = bytes;
  }

  /** How the JVM holds a value of the type. */
  public enum Carrier {
    INT,
    LONG,
    FLOAT
  }

  public Carrier carrier() {
    return switch (this) {
      case LONG, ULONG -> Carrier.LONG;
      case HALF, BFLOAT, FLOAT -> Carrier.FLOAT;
      default -> Carrier.INT;
    };
  }

  public boolean isFloat() {
    return carrier() == Carrier.FLOAT;
  }

  public boolean isInteger() {
    return !isFloat();
  }

  /** True for the unsigned integers; bool counts as unsigned. */
  public boolean isUnsigned() {
    return this == BOOL || this == UCHAR || this == USHORT || this == UINT || this == ULONG;
  }

  public int bits() {
    return this == BOOL ? 1 : bytes * 8;
  }

  /** The type of the same width with the other signedness, or this for bool and floats. */
  public Scalar unsigned() {
    return switch (this) {
      case CHAR -> UCHAR;
      case SHORT -> USHORT;
      case INT -> UINT;
      case LONG -> ULONG;
      default -> this;
    };
  }

  /** The type after integer promotion. */
  public Scalar promoted() {
    return isInteger() && bits() < 32 ? INT : this;
  }

  /** The type that two operands meet in: the usual arithmetic conversions. */
  public static Scalar common(Scalar left, Scalar right) {
    if (left.isFloat() || right.isFloat()) {
      if (left.isFloat() && right.isFloat()) {
        return left == right ? left : FLOAT;
      }
      return left.isFloat() ? left : right;
    }
    Scalar a = left.promoted();
    Scalar b = right.promoted();
    if (a.bytes != b.bytes) {
      return a.bytes > b.bytes ? a : b;
    }
    return a.isUnsigned() ? a : b;
  }

  @Override
  public long size() {
    return bytes;
  }

  @Override
  public int align() {
    return bytes;
  }

  @Override
  public Scalar scalar() {
    return this;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
