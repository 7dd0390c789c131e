package dev.axon64.machine.memory;

/** Brings pages that a space {@linkplain AddressSpace#expect expects} when they are first used. */
public interface Arrivals {
  /**
   * Brings a page that is used for the first time. Called on the thread that uses the address
   * space, which waits for it.
   *
   * @param index the page's number, as it was given to {@link AddressSpace#expect}
   * @param address the first byte that is used
   * @param write whether it will be written
   * @return the page's bytes, which from now on belong to the space
   * @throws MissingPage if it cannot be brought
   */
  byte[] arrive(int index, long address, boolean write);
}
