package dev.axon64.machine.memory;

import dev.axon64.machine.memory.MemoryFault.Access;
import dev.axon64.machine.memory.MemoryFault.Reason;

/**
 * Translates addresses to pages, and checks that the access is allowed. A page is made when it is
 * first touched, and copied before a space that shares it with others writes to it.
 */
final class Paging {
  final Mappings mappings = new Mappings();
  final TouchedPages touched;
  private final MemoryLimit limit;

  /** Starts with nothing mapped. */
  Paging(MemoryLimit limit) {
    this.touched = new TouchedPages(limit);
    this.limit = limit;
  }

  /**
   * Finds the entry of an address, and makes it if the address is mapped but untouched. Its page is
   * not lent afterwards, and has arrived if it was expected.
   *
   * @throws MemoryFault if the access is not allowed
   */
  PageTable.Entry touch(long a, Access access) {
    long address = Addresses.untagged(a);
    if (address >= AddressSpace.END) {
      throw new MemoryFault(a, access, Reason.UNMAPPED);
    }
    PageTable.Entry entry = touched.table.get(address >>> Page.SHIFT);
    if (entry == null) {
      entry = firstTouch(address, new FirstTouch(a, access, limit));
    }
    touched.loans.callBack(entry, address >>> Page.SHIFT);
    if ((entry.protection & access.permission) == 0) {
      throw new MemoryFault(a, access, Reason.FORBIDDEN);
    }
    if (entry.page.bytes == null) {
      entry.page.arrive(address, access == Access.WRITE);
    }
    return entry;
  }

  private PageTable.Entry firstTouch(long address, FirstTouch touch) {
    Mapping mapping = mappings.at(address);
    if (mapping == null) {
      throw touch.fault(Reason.UNMAPPED);
    }
    if ((mapping.protection() & touch.access().permission) == 0) {
      throw touch.fault(Reason.FORBIDDEN);
    }
    if (!touched.table.prepare(address >>> Page.SHIFT)) {
      throw touch.fault(Reason.EXHAUSTED);
    }
    long offset = mapping.offset() + (address - mapping.start()) & -Page.SIZE;
    Page page = mapping.backing().page(offset, touch);
    return enter(address, page, mapping.protection());
  }

  private PageTable.Entry enter(long address, Page page, int protection) {
    page.references++;
    PageTable.Entry entry = new PageTable.Entry(page, protection);
    touched.table.put(address >>> Page.SHIFT, entry);
    return entry;
  }

  /**
   * Copies the page of an entry before it is written, if others refer to it too.
   *
   * @throws MemoryFault if the limit forbids a copy
   */
  void makeOwn(PageTable.Entry entry, long a) {
    Page page = entry.page;
    if (!page.mustCopy()) {
      return;
    }
    if (!limit.take()) {
      throw new MemoryFault(a, Access.WRITE, Reason.EXHAUSTED);
    }
    byte[] bytes = page == Page.ZERO ? new byte[Page.SIZE] : page.bytes.clone();
    Page copy = new Page(bytes, limit, false);
    copy.references = 1;
    touched.withdraw(entry, Addresses.number(a));
    page.release();
    entry.page = copy;
  }

  /** See {@link AddressSpace#expect}. */
  boolean expect(long address, int index, Arrivals from) {
    long number = address >>> Page.SHIFT;
    Mapping mapping = mappings.at(address);
    if (mapping == null || mapping.isShared() || touched.table.get(number) != null) {
      throw new IllegalArgumentException("no page to expect: 0x" + Long.toHexString(address));
    }
    if (!touched.table.prepare(number) || !limit.take()) {
      return false;
    }
    enter(address, Page.expected(limit, from, index), mapping.protection());
    return true;
  }

  /** See {@link AddressSpace#contents}. */
  byte[] contents(long address) {
    PageTable.Entry entry = touched.table.get(address >>> Page.SHIFT);
    if (entry == null) {
      return null;
    }
    touched.loans.callBack(entry, address >>> Page.SHIFT);
    if (entry.page.bytes == null) {
      entry.page.arrive(address, false);
    }
    return entry.page.bytes;
  }
}
