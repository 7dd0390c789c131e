package dev.axon64.metal.jit;

/** How a piece of a function was left; its method returns the ordinal. */
enum Exit {
  FELL_THROUGH,
  BROKE,
  CONTINUED,
  RETURNED
}
