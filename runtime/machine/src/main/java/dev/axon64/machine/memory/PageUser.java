package dev.axon64.machine.memory;

/** Someone who works on an address space's pages directly, beside its loads and stores. */
public interface PageUser {
  /** Bytes that {@link AddressSpace#translate} gave must no longer be used. */
  void forget();

  /**
   * A page that {@link AddressSpace#lend} gave must be returned: it is not used any more after
   * this.
   *
   * @param number the address of the page, by 4096
   * @param bytes where its contents go, if they were lent for writing
   */
  void giveBack(long number, byte[] bytes);
}
