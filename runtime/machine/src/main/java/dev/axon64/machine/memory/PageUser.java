package dev.axon64.machine.memory;

/** Works on the pages of an address space directly, beside its loads and stores. */
public interface PageUser {
  /**
   * Forgets all bytes that {@link AddressSpace#translate} gave, which must not be used any more.
   */
  void forget();

  /**
   * Returns a page that {@link AddressSpace#lend} gave, and does not use it any more.
   *
   * @param number the address of the page, divided by 4096
   * @param bytes where the contents go, if they were lent for writing
   */
  void giveBack(long number, byte[] bytes);
}
