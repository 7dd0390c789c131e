package dev.axon64.codegen.emit.program;

import dev.axon64.codegen.network.program.Buffer;

/** Metal's spelling. */
final class MetalScalarCode extends ScalarCode {
  @Override
  String area(Buffer.Area area) {
    return switch (area) {
      case INPUTS -> "x";
      case WEIGHTS -> "w";
      case SCRATCH -> "s";
      case OUTPUTS -> "y";
    };
  }

  @Override
  String constant(float value) {
    return Float.isFinite(value)
        ? value + "f"
        : fromBits("0x" + Integer.toHexString(Float.floatToIntBits(value)) + "u");
  }

  @Override
  String constant(int value) {
    return Integer.toUnsignedString(value) + "u";
  }

  @Override
  String fma(String left, String right, String addend) {
    return "fma(" + left + ", " + right + ", " + addend + ")";
  }

  @Override
  String squareRoot(String of) {
    return "sqrt(" + of + ")";
  }

  @Override
  String bitsOf(String real) {
    return "as_type<uint>(" + real + ")";
  }

  @Override
  String fromBits(String word) {
    return "as_type<float>(" + word + ")";
  }

  @Override
  String wordType() {
    return "uint";
  }

  @Override
  String shiftRight() {
    return ">>";
  }
}
