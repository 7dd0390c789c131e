package dev.axon64.metal.msl;

/**
 * A vector of two to four scalars.
 *
 * @param packed true for the memory form without padding and with the scalar's alignment
 */
public record VectorType(Scalar element, int count, boolean packed) implements Type {
  /** The ordinary, aligned vector. */
  public static VectorType of(Scalar element, int count) {
    return new VectorType(element, count, false);
  }

  /** The form in which vectors compute. */
  public VectorType unpacked() {
    return packed ? of(element, count) : this;
  }

  @Override
  public long size() {
    return element.size() * (packed || count != 3 ? count : 4);
  }

  @Override
  public int align() {
    return packed ? element.align() : (int) size();
  }

  @Override
  public String toString() {
    return (packed ? "packed_" : "") + element + count;
  }
}
