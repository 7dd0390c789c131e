package dev.axon64.codegen.network.program;

/**
 * A row of float32 within one of a program's four arrays.
 *
 * @param name for people
 * @param area the array
 * @param offset where it starts in the array
 * @param length how many float32 it has
 */
public record Buffer(String name, Area area, int offset, int length) {
  /** A program's arrays. */
  public enum Area {
    /** A sample; read only. */
    INPUTS,
    /** Packed weights; read only. */
    WEIGHTS,
    /** Room for intermediate values; holds anything at first. */
    SCRATCH,
    /** The answer. */
    OUTPUTS
  }
}
