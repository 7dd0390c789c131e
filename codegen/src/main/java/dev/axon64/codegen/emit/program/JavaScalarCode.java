package dev.axon64.codegen.emit.program;

import dev.axon64.codegen.network.program.Buffer;

/** Java's spelling. */
final class JavaScalarCode extends ScalarCode {
  @Override
  String area(Buffer.Area area) {
    return switch (area) {
      case INPUTS -> "inputs";
      case WEIGHTS -> "weights";
      case SCRATCH -> "scratch";
      case OUTPUTS -> "outputs";
    };
  }

  @Override
  String constant(float value) {
    return literal(value);
  }

  /** A literal that reads back as the same bits. */
  static String literal(float value) {
    return Float.isFinite(value)
        ? value + "f"
        : "Float.intBitsToFloat(0x" + Integer.toHexString(Float.floatToIntBits(value)) + ")";
  }

  @Override
  String constant(int value) {
    return Integer.toString(value);
  }

  @Override
  String fma(String left, String right, String addend) {
    return "Math.fma(" + left + ", " + right + ", " + addend + ")";
  }

  @Override
  String squareRoot(String of) {
    return "(float) Math.sqrt(" + of + ")";
  }

  @Override
  String bitsOf(String real) {
    return "Float.floatToRawIntBits(" + real + ")";
  }

  @Override
  String fromBits(String word) {
    return "Float.intBitsToFloat(" + word + ")";
  }

  @Override
  String wordType() {
    return "int";
  }

  @Override
  String shiftRight() {
    return ">>>";
  }
}
