package dev.axon64.codegen.isa.syntax;

/**
 * A field of the word.
 *
 * @param low its lowest bit
 */
public record Field(String name, int low, int width) {
  /** The bits of a word that the field takes. */
  public int mask() {
    return (int) (((1L << width) - 1) << low);
  }

  /** The field's value in a word. */
  public long of(int word) {
    return (word & 0xffff_ffffL) >>> low & (1L << width) - 1;
  }
}
