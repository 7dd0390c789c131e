package dev.axon64.machine.memory;

import dev.axon64.machine.memory.MemoryFault.Access;
import dev.axon64.machine.memory.MemoryFault.Reason;

/**
 * Finds the bytes of pages that are to be read, written or executed, and puts them into the cache
 * if the next access may use it.
 */
final class PageAccess extends PageFinder {
  private final Paging paging;
  private final Addresses addresses;
  private final TouchedPages touched;

  /** Is told of each load and store, so that none may use the cache; null for none. */
  private AccessListener listener;

  PageAccess(Paging paging) {
    super(paging.touched.cache);
    this.paging = paging;
    addresses = paging.addresses;
    touched = paging.touched;
  }

  @Override
  AccessListener listener() {
    return listener;
  }

  /** See {@link AddressSpace#setAccessListener}. */
  void setListener(AccessListener next) {
    listener = next;
    cache.forgetData();
    touched.callBackAll();
  }

  private boolean isUnheard(long a) {
    return listener == null || !listener.watches(addresses.page(a));
  }

  @Override
  Page read(long a) {
    Page page = paging.touch(a, Access.READ).page;
    if (isUnheard(a) && touched.store.mayRemember(page)) {
      PageCache.keep(cache.readable, a, page);
      if (touched.store.isHome(page)) {
        cache.makeReady(addresses.page(a), page, false);
      }
    }
    return page;
  }

  @Override
  Page execute(long a) {
    Page page = paging.touch(a, Access.EXECUTE).page;
    if (touched.store.mayRemember(page)) {
      PageCache.keep(cache.executable, a, page);
    }
    return page;
  }

  @Override
  Page write(long a) {
    Page page = writing(paging.touch(a, Access.WRITE), a);
    // If another space marks a shared page as code, all who share it must come here again.
    boolean known = !page.shared || page.sharers != null;
    if (known && isUnheard(a) && touched.store.mayRemember(page)) {
      PageCache.keep(cache.writable, a, page);
      if (touched.store.isHome(page)) {
        cache.makeReady(addresses.page(a), page, true);
      }
    }
    return page;
  }

  /** The page of an address, to be read whatever its protection is. */
  Page readAnyway(long a) {
    return paging.touchAnyway(a, Access.READ).page;
  }

  /** The page of an address, to be written whatever its protection is. */
  Page writeAnyway(long a) {
    return writing(paging.touchAnyway(a, Access.WRITE), a);
  }

  private Page writing(PageTable.Entry entry, long a) {
    paging.makeOwn(entry, a);
    touched.changes.writing(entry, addresses.number(a));
    Page page = entry.page;
    if (page.isReadOnly()) {
      throw new MemoryFault(a, Access.WRITE, Reason.FORBIDDEN);
    }
    if (page.isWatched()) {
      page.tellAll();
    }
    page.setWritten(true);
    return page;
  }

  /** See {@link AddressSpace#translate}. */
  byte[] translate(long a, boolean write) {
    if (listener != null) {
      return null;
    }
    Page page = write ? write(a) : read(a);
    return PageCache.holds(write ? cache.writable : cache.readable, a) ? page.bytes : null;
  }

  /** See {@link AddressSpace#lend}. */
  byte[] lend(long a, boolean write) {
    if (listener != null || addresses.isTagged(a)) {
      return null;
    }
    Page page = write ? write(a) : read(a);
    PageTable.Entry entry = touched.table.get(a >>> Page.SHIFT);
    if (page.shared || page.bytes == null || (entry.protection & AddressSpace.READ) == 0) {
      return null;
    }
    touched.lend(entry, a >>> Page.SHIFT);
    return page.bytes;
  }

  /** See {@link AddressSpace#range}. */
  MemoryRange range(long a, boolean write) {
    if (listener == null && !addresses.isTagged(a)) {
      paging.bringHome(a);
    }
    return cache.range(a, write);
  }

  /** See {@link AddressSpace#markCode}. */
  void markCode(long a) {
    PageTable.Entry entry = paging.touch(a, Access.EXECUTE);
    if (entry.page.isZero()) { // shared by everyone, it cannot be watched
      paging.makeOwn(entry, a);
    }
    touched.watch(entry, addresses.number(a));
  }
}
