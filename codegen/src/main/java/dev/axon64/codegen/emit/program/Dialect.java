package dev.axon64.codegen.emit.program;

import dev.axon64.codegen.network.program.Buffer;
import java.util.Locale;

/** What Java and shaders spell differently in the C-like text that {@link ScalarCode} prints. */
enum Dialect {
  JAVA(
      "int",
      "",
      ">>>",
      "Math.fma",
      "(float) Math.sqrt",
      "Float.floatToRawIntBits",
      "Float.intBitsToFloat"),
  METAL("uint", "u", ">>", "fma", "sqrt", "as_type<uint>", "as_type<float>"),
  OPENCL("uint", "u", ">>", "fma", "sqrt", "as_uint", "as_float");

  final String wordType;

  /** Follows a constant of the word type. */
  private final String wordSuffix;

  final String shiftRight;
  final String fma;
  final String squareRoot;
  final String bitsOf;
  final String fromBits;

  Dialect(
      String wordType,
      String wordSuffix,
      String shiftRight,
      String fma,
      String squareRoot,
      String bitsOf,
      String fromBits) {
    this.wordType = wordType;
    this.wordSuffix = wordSuffix;
    this.shiftRight = shiftRight;
    this.fma = fma;
    this.squareRoot = squareRoot;
    this.bitsOf = bitsOf;
    this.fromBits = fromBits;
  }

  /** The name of an array. */
  String area(Buffer.Area area) {
    return switch (this) {
      case JAVA -> area.name().toLowerCase(Locale.ROOT);
      case METAL, OPENCL ->
          switch (area) {
            case INPUTS -> "x";
            case WEIGHTS -> "w";
            case SCRATCH -> "s";
            case OUTPUTS -> "y";
          };
    };
  }

  /** A float32 literal that reads back as the same bits. */
  String constant(float value) {
    String bits = "0x" + Integer.toHexString(Float.floatToIntBits(value)) + wordSuffix;
    return Float.isFinite(value) ? value + "f" : fromBits + "(" + bits + ")";
  }

  /** A word's literal, which is unsigned in shaders. */
  String constant(int value) {
    return switch (this) {
      case JAVA -> Integer.toString(value);
      case METAL, OPENCL -> Integer.toUnsignedString(value) + wordSuffix;
    };
  }
}
