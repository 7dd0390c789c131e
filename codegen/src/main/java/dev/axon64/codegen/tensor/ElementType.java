package dev.axon64.codegen.tensor;

import java.nio.ByteBuffer;

/** A stored floating-point format. Each value of each of them is exactly a double. */
enum ElementType {
  F16(2) {
    @Override
    double at(ByteBuffer bytes, int position) {
      return halfToDouble(bytes.getShort(position));
    }
  },
  BF16(2) {
    @Override
    double at(ByteBuffer bytes, int position) {
      return Float.intBitsToFloat(bytes.getShort(position) << 16);
    }
  },
  F32(4) {
    @Override
    double at(ByteBuffer bytes, int position) {
      return bytes.getFloat(position);
    }
  },
  F64(8) {
    @Override
    double at(ByteBuffer bytes, int position) {
      return bytes.getDouble(position);
    }
  };

  /** Bytes of one value. */
  final int size;

  ElementType(int size) {
    this.size = size;
  }

  /** The value that starts at byte {@code position}, in the buffer's byte order. */
  abstract double at(ByteBuffer bytes, int position);

  /** IEEE 754 binary16; Java has this conversion only from release 20 on. */
  private static double halfToDouble(short bits) {
    int exponent = bits >> 10 & 0x1f;
    int fraction = bits & 0x3ff;
    double magnitude;
    if (exponent == 0) {
      magnitude = Math.scalb((double) fraction, -24);
    } else if (exponent == 0x1f) {
      magnitude = fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
    } else {
      magnitude = Math.scalb((double) (0x400 | fraction), exponent - 25);
    }
    return bits < 0 ? -magnitude : magnitude;
  }
}
