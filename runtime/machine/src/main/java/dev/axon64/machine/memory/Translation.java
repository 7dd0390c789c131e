package dev.axon64.machine.memory;

/** Translates the addresses that a guest uses to physical ones. */
@FunctionalInterface
public interface Translation {
  /**
   * The physical address of a byte.
   *
   * @throws MemoryFault if the guest must not access it in this way
   */
  long translate(long address, MemoryFault.Access access);
}
