package dev.axon64.machine.memory;

import dev.axon64.machine.memory.MemoryFault.Access;
import dev.axon64.machine.memory.MemoryFault.Reason;

/**
 * The first access to a page, which a {@link Backing} answers with the page.
 *
 * @param address the first byte, as the guest gave it
 * @param page the first byte of its page
 * @param access the access that the guest tries
 * @param limit the limit that new pages count against
 * @param store where the space's pages lie
 */
record FirstTouch(long address, long page, Access access, MemoryLimit limit, PageStore store) {
  /** The fault that this access raises. */
  MemoryFault fault(Reason reason) {
    return new MemoryFault(address, access, reason);
  }

  /**
   * Makes a page of a source's bytes.
   *
   * @param source null for zeroes
   * @throws MemoryFault if the page lies beyond the file, or the limit forbids it
   */
  Page read(Backing.Source source, long offset, boolean shared) {
    byte[] bytes = new byte[Page.SIZE];
    if (source != null && !source.read(offset, bytes)) {
      throw fault(Reason.BEYOND_FILE);
    }
    if (!limit.take()) {
      throw fault(Reason.EXHAUSTED);
    }
    Page made = new Page(limit, shared);
    if (shared) {
      store.placeShared(made, bytes);
    } else {
      store.place(made, page, bytes);
    }
    return made;
  }
}
