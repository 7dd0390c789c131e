package dev.axon64.metal.msl;

/** A type of the language; equal types are equal values, except that structs are equal by name. */
public sealed interface Type
    permits Scalar, VectorType, PointerType, ArrayType, StructType, AtomicType, EnumType, VoidType {
  /** Bytes of one value in memory, padding included. */
  long size();

  /** Bytes that an address of this type is a multiple of. */
  int align();

  /** The scalar this type computes as: itself, or what an enumeration rests on; else null. */
  default Scalar scalar() {
    return null;
  }

  default boolean isScalar() {
    return scalar() != null;
  }

  /** Whether it is an atomic or has one in it. */
  default boolean holdsAtomic() {
    return switch (this) {
      case AtomicType atomic -> true;
      case ArrayType array -> array.element().holdsAtomic();
      case StructType struct ->
          struct.fields().stream().anyMatch(field -> field.type().holdsAtomic());
      default -> false;
    };
  }
}
