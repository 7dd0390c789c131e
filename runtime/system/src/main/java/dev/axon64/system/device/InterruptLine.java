package dev.axon64.system.device;

/** A wire from a device to the interrupt controller. */
@FunctionalInterface
public interface InterruptLine {
  /** Raises the line, or lowers it. */
  void set(boolean high);
}
