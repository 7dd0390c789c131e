package dev.axon64.codegen.emit.dispatch.java;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.TypeName;

/**
 * The lanes that a layer's sums are computed in. Integers of 32 bits are not among them: where sums
 * are exact, float32 holds them in as much room, and multiplies and adds in one operation.
 */
enum Lane {
  /** 16-bit integers, where a layer's sums fit them. */
  SHORT(JavaNames.SHORT_VECTOR, "S", "SHORTS", TypeName.SHORT),
  /** float32. */
  FLOAT(JavaNames.FLOAT_VECTOR, "F", "LANES", TypeName.FLOAT);

  private final ClassName vector;
  private final String species;
  private final String count;
  private final TypeName element;

  Lane(ClassName vector, String species, String count, TypeName element) {
    this.vector = vector;
    this.species = species;
    this.count = count;
    this.element = element;
  }

  /** The vector's class. */
  ClassName vector() {
    return vector;
  }

  /** The generated constant that holds the species. */
  String species() {
    return species;
  }

  /** The generated constant that holds the number of lanes. */
  String count() {
    return count;
  }

  /** The type of a buffer of values. */
  ArrayTypeName array() {
    return ArrayTypeName.of(element);
  }

  /** {@code new short[3 * BLOCK]} */
  CodeBlock newBlock(int units) {
    return CodeBlock.of("new $T[$L * BLOCK]", element, units);
  }

  /** A literal, of a whole number if the lane is an integer. */
  String literal(float value) {
    return this == FLOAT ? Floats.literal(value) : "(short) " + (int) value;
  }

  /**
   * Reads a unit's values from a buffer as a vector of this lane.
   *
   * @param from the lane of the buffer
   */
  CodeBlock load(Lane from, String buffer, int unit) {
    String place = unit + " * BLOCK + i";
    return from == this
        ? CodeBlock.of("$T.fromArray($L, $L, $L)", vector, species, buffer, place)
        : CodeBlock.of(
            "($T) $T.fromArray(H, $L, $L).convertShape($T.S2F, F, 0)",
            vector,
            from.vector,
            buffer,
            place,
            JavaNames.OPERATORS);
  }
}
