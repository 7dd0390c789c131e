package dev.axon64.machine.memory;

import dev.axon64.machine.memory.MemoryFault.Access;
import dev.axon64.machine.memory.MemoryFault.Reason;

/**
 * Translates addresses to pages, and checks that the access is allowed. A page is made when it is
 * first touched, and copied before a space that shares it with others writes to it.
 */
final class Paging {
  final Addresses addresses;
  final Mappings mappings = new Mappings();
  final TouchedPages touched;
  private final MemoryLimit limit;

  /** Starts with nothing mapped. */
  Paging(MemoryLimit limit, Addresses addresses) {
    this.addresses = addresses;
    this.touched = new TouchedPages(limit, addresses);
    this.limit = limit;
  }

  /**
   * Finds the entry of an address, and makes it if the address is mapped but untouched. Its page is
   * not lent afterwards, and has arrived if it was expected.
   *
   * @throws MemoryFault if the access is not allowed
   */
  PageTable.Entry touch(long a, Access access) {
    return touch(a, access, access.permission);
  }

  /**
   * The same, whatever the page's protection is.
   *
   * @throws MemoryFault if nothing is mapped there, or nothing can be
   */
  PageTable.Entry touchAnyway(long a, Access access) {
    return touch(a, access, -1);
  }

  private PageTable.Entry touch(long a, Access access, int permission) {
    long address = addresses.untagged(a);
    if (!addresses.contains(address)) {
      throw new MemoryFault(a, access, Reason.UNMAPPED);
    }
    PageTable.Entry entry = touched.table.get(address >>> Page.SHIFT);
    if (entry == null) {
      entry =
          firstTouch(
              address,
              new FirstTouch(a, address & -Page.SIZE, access, limit, touched.store),
              permission);
    }
    touched.loans.callBack(entry, address >>> Page.SHIFT);
    if (permission >= 0 && (entry.protection & permission) == 0) {
      throw new MemoryFault(a, access, Reason.FORBIDDEN);
    }
    arrive(entry.page, address, access == Access.WRITE);
    return entry;
  }

  private PageTable.Entry firstTouch(long address, FirstTouch touch, int permission) {
    Mapping mapping = mappings.at(address);
    if (mapping == null) {
      throw touch.fault(Reason.UNMAPPED);
    }
    if (permission >= 0 && (mapping.protection() & permission) == 0) {
      throw touch.fault(Reason.FORBIDDEN);
    }
    if (!touched.table.prepare(address >>> Page.SHIFT)) {
      throw touch.fault(Reason.EXHAUSTED);
    }
    long offset = mapping.offset() + (address - mapping.start()) & -Page.SIZE;
    Page page = mapping.backing().page(offset, touch);
    return enter(address, page, mapping);
  }

  private PageTable.Entry enter(long address, Page page, Mapping mapping) {
    page.references++;
    PageTable.Entry entry =
        new PageTable.Entry(page, mapping.protection(), !mapping.isShared() && page.shared);
    touched.table.put(address >>> Page.SHIFT, entry);
    touched.changes.writing(entry, address >>> Page.SHIFT);
    return entry;
  }

  /**
   * Copies the page of an entry before it is written, if others refer to it too.
   *
   * @throws MemoryFault if the limit forbids a copy
   */
  void makeOwn(PageTable.Entry entry, long a) {
    if (!entry.mustCopy()) {
      return;
    }
    if (!limit.take()) {
      throw new MemoryFault(a, Access.WRITE, Reason.EXHAUSTED);
    }
    long number = addresses.number(a);
    touched.withdraw(entry, number);
    replace(entry, number);
  }

  private void replace(PageTable.Entry entry, long number) {
    Page copy = touched.store.copy(entry.page, number << Page.SHIFT, limit);
    copy.references = 1;
    copy.setWritten(entry.page.isWritten());
    entry.page.release();
    entry.page = copy;
  }

  /** Makes the page of an address lie where translated code can reach it, if it may. */
  void bringHome(long address) {
    long number = address >>> Page.SHIFT;
    PageTable.Entry entry = addresses.contains(address) ? touched.table.get(number) : null;
    if (entry == null || touched.store.isHome(entry.page) || entry.page.shared) {
      return;
    }
    if (!entry.page.mustCopy()) {
      touched.cache.forget(number);
      touched.store.moveHome(entry.page, number);
    } else if (!entry.page.isWatched() && !entry.page.isZero() && limit.take()) {
      touched.cache.forget(number);
      replace(entry, number);
    }
  }

  private void arrive(Page page, long address, boolean write) {
    if (page.hasArrived()) {
      return;
    }
    byte[] contents = page.arrive(address, write);
    if (page.references == 1) {
      touched.store.place(page, address & -Page.SIZE, contents);
    } else {
      touched.store.placeShared(page, contents);
    }
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
    enter(address, Page.expected(limit, from, index), mapping);
    return true;
  }

  /** See {@link AddressSpace#contents}. */
  byte[] contents(long address) {
    PageTable.Entry entry = touched.table.get(address >>> Page.SHIFT);
    if (entry == null) {
      return null;
    }
    touched.loans.callBack(entry, address >>> Page.SHIFT);
    arrive(entry.page, address, false);
    return entry.page.bytes == null ? entry.page.contents() : entry.page.bytes;
  }
}
