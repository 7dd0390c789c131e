package dev.axon64.propose.companion;

/** What a loop is, in the order of the loop detector's output. */
public enum LoopType {
  /** A register goes down to its end. */
  COUNT_DOWN,
  /** A register goes up to its end. */
  COUNT_UP,
  /** As either, and all that the loop does is store what stays the same. */
  MEMORY_FILL,
  /** No register tells the end. */
  UNKNOWN
}
