package dev.axon64.system;

import dev.axon64.system.device.State;

/** The machine's time, in units of its counter, which are nanoseconds. */
interface Clock extends State.Of {
  /** The time now. */
  long now();

  /** Whether time passes by itself. */
  boolean isHosts();

  /** Counts instructions. */
  void executed(long instructions);

  /** Goes on to a time, from which instructions are counted, if it does not pass by itself. */
  void advance(long to);

  /** The instructions until a time has come, at least 1. */
  long instructionsUntil(long time);
}
