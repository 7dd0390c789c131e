package dev.axon64.codegen.loops;

import dev.axon64.codegen.graph.Shape;

/**
 * Where a graph's value lies: steps a stride apart. Lanes may read past a step's end, up to the
 * next multiple of {@link Step#LANES}, and find anything there.
 *
 * @param buffer the room
 * @param offset of the first step in the buffer
 * @param stride from step to step
 */
record Value(Buffer buffer, int offset, int stride, Shape shape) {
  /** The first column of a step; {@code step} may be null for the first. */
  Index step(Counter step) {
    return step == null ? Index.at(offset) : Index.at(offset).plus(step, stride);
  }

  /** As above from the last step backwards. */
  Index backwards(Counter step) {
    return Index.at(offset + (shape.steps() - 1) * stride).plus(step, -stride);
  }
}
