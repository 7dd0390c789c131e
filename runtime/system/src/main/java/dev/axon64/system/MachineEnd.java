package dev.axon64.system;

/** How a machine came to its end. */
public enum MachineEnd {
  /** The guest switched it off. */
  OFF,
  /** The guest asked for a restart. */
  RESET,
  /** All processors wait for interrupts that cannot come, or are off. */
  HALTED,
  /** It was stopped from outside. */
  STOPPED,
  /** It was paused, and can go on. */
  PAUSED,
  /** It has executed as many instructions as it may. */
  LIMIT
}
