package dev.axon64.codegen.isa.decode;

/**
 * The words whose bits in {@code mask} are those of {@code value}.
 *
 * @param value zero outside the mask
 */
public record Cube(int mask, int value) {
  /** Whether a word belongs to the cube. */
  public boolean contains(int word) {
    return (word & mask) == value;
  }

  /** Whether some word belongs to both cubes. */
  public boolean meets(Cube other) {
    return ((value ^ other.value) & mask & other.mask) == 0;
  }

  /** A word of both cubes, which must meet. */
  public int common(Cube other) {
    return value | other.value;
  }
}
