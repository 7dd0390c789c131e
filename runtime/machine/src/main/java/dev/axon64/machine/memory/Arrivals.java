package dev.axon64.machine.memory;

/** Brings pages that a space {@linkplain AddressSpace#expect expects} when they are first used. */
public interface Arrivals {
  /**
   * A page is used for the first time. Called on the thread that uses the address space, which
   * waits for it.
   *
   * @param index the page's, as it was given to {@link AddressSpace#expect}
   * @param address that is used
   * @param write whether to be written
   * @return the page's bytes, which from now on belong to the space
   * @throws MissingPage if they cannot be had
   */
  byte[] arrive(int index, long address, boolean write);
}
