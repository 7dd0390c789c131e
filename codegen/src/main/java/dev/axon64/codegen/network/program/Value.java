package dev.axon64.codegen.network.program;

/**
 * Where a graph's value lies: steps a stride apart. Lanes may read past a step's end, up to the
 * next multiple of {@link Step#LANES}; what they find there is undefined.
 *
 * @param buffer the room
 * @param offset of the first step in the buffer
 * @param stride from step to step
 * @param steps 1 for a plain vector
 * @param width columns of a step
 */
record Value(Buffer buffer, int offset, int stride, int steps, int width) {
  /** The first column of a step; {@code step} may be null for the first. */
  Index step(Counter step) {
    return step == null ? Index.at(offset) : Index.at(offset).plus(step, stride);
  }

  /** The same, counted from the last step backwards. */
  Index backwards(Counter step) {
    return Index.at(offset + (steps - 1) * stride).plus(step, -stride);
  }

  /** The last step alone. */
  Value last() {
    return new Value(buffer, offset + (steps - 1) * stride, stride, 1, width);
  }

  /** Some of the columns. */
  Value columns(int first, int end) {
    return new Value(buffer, offset + first, stride, steps, end - first);
  }
}
