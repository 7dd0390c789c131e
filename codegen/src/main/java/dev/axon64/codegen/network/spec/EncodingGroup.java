package dev.axon64.codegen.network.spec;

/**
 * A set of words given by fixed bits.
 *
 * @param name unique in its spec
 * @param mask the bits that are fixed
 * @param value what they are; zero outside {@code mask}
 * @param kernel index of the kernel that serves the group
 */
public record EncodingGroup(String name, int mask, int value, int kernel) {
  /** Whether the word's fixed bits are this group's. */
  public boolean matches(int word) {
    return (word & mask) == value;
  }

  /** Whether every word of {@code other} is one of this group's. */
  public boolean covers(EncodingGroup other) {
    return (mask & ~other.mask) == 0 && (other.value & mask) == value;
  }
}
