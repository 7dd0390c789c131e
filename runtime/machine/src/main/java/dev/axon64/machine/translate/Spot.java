package dev.axon64.machine.translate;

import java.util.OptionalLong;

/**
 * A place in a plan. An address stands in a region once by itself, and once more for each call that
 * its function is inlined for.
 *
 * @param back where the function that is inlined here returns to; empty outside of such
 */
record Spot(long pc, OptionalLong back) {
  /** A place outside of inlined functions. */
  static Spot of(long pc) {
    return new Spot(pc, OptionalLong.empty());
  }

  /** An address in the same function. */
  Spot to(long target) {
    return new Spot(target, back);
  }
}
