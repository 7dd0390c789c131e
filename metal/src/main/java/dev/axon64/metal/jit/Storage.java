package dev.axon64.metal.jit;

/** Where a variable lives. */
sealed interface Storage {
  /** A scalar in a JVM local. */
  record Local(int slot) implements Storage {}

  /** A pointer in two JVM locals. */
  record PointerLocal(int base, int offset) implements Storage {}

  /** A vector, with one JVM local for each component. */
  record VectorLocal(int[] slots) implements Storage {}

  /** At a fixed offset of the thread's memory. */
  record Frame(int offset) implements Storage {}

  /** At a fixed offset of the file-scope constants. */
  record Table(int offset) implements Storage {}

  /** At a fixed offset of the threadgroup memory. */
  record Shared(int offset) implements Storage {}
}
