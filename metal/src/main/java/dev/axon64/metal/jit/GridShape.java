package dev.axon64.metal.jit;

/** Threads along each axis, and threads of a threadgroup along each axis. */
public record GridShape(
    long width, long height, long depth, int groupWidth, int groupHeight, int groupDepth) {
  /** Threads that a GPU runs in step. */
  public static final int SIMD_WIDTH = 32;

  long size(int axis) {
    return axis == 0 ? width : axis == 1 ? height : depth;
  }

  long group(int axis) {
    return axis == 0 ? groupWidth : axis == 1 ? groupHeight : groupDepth;
  }
}
