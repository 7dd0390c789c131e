package dev.axon64.machine.memory;

import dev.axon64.machine.memory.MemoryFault.Access;
import dev.axon64.machine.memory.MemoryFault.Reason;
import java.util.function.ObjLongConsumer;

/**
 * The touched pages of one space, and everything that depends on them: the cache, the user's
 * translations and loans, decoded code. Code that changes an entry must first {@linkplain #withdraw
 * withdraw} its page.
 */
final class TouchedPages {
  private final Addresses addresses;
  final PageTable table;
  final PageStore store;
  final PageCache cache = new PageCache();
  final PageLoans loans = new PageLoans();
  final CodeWatch code = new CodeWatch();
  final PageChanges changes = new PageChanges();

  TouchedPages(MemoryLimit limit, Addresses addresses) {
    this.addresses = addresses;
    this.table = new PageTable(limit, addresses.bits - Page.SHIFT);
    this.store = limit.store(this);
  }

  /** Visits the entries of a range of pages, in order. */
  void forEach(long start, long size, ObjLongConsumer<PageTable.Entry> visitor) {
    forEachTo(start, start + size - 1, visitor);
  }

  /** Visits all entries, in order. */
  void forEach(ObjLongConsumer<PageTable.Entry> visitor) {
    forEachTo(0, addresses.last, visitor);
  }

  private void forEachTo(long start, long last, ObjLongConsumer<PageTable.Entry> visitor) {
    table.forEach(start >>> Page.SHIFT, (last >>> Page.SHIFT) + 1, visitor);
  }

  /** Takes a page from everything that depends on it, before its entry changes. */
  void withdraw(PageTable.Entry entry, long number) {
    loans.callBack(entry, number);
    entry.page.tell(code, number << Page.SHIFT);
    cache.forget(number);
    loans.forget();
  }

  /** Lends a page to the user, and makes any other access find out. */
  void lend(PageTable.Entry entry, long number) {
    cache.forget(number);
    loans.forget();
    entry.lent = true;
  }

  /** Calls a page back from the user, if it is lent. */
  void callBack(long number) {
    PageTable.Entry entry = table.get(number);
    if (entry != null) {
      loans.callBack(entry, number);
    }
  }

  /** Calls all pages back from the user, who also forgets its translations. */
  void callBackAll() {
    loans.forget();
    forEach(loans::callBack);
  }

  /** Marks a page as code, so that listeners are told of the next store to it. */
  void watch(PageTable.Entry entry, long number) {
    entry.page.watch(code, number << Page.SHIFT);
    cache.forgetWritable(number);
    loans.forget();
    if (entry.page.sharers != null) {
      entry.page.sharers.forgetWritable();
    }
  }

  /** Makes the pages of a range untouched again. */
  void drop(long start, long size) {
    changes.mapping();
    forEach(start, size, this::drop);
  }

  /** Makes those pages of a range untouched again that are not this space's written copies. */
  void dropUnwritten(long start, long size) {
    changes.mapping();
    forEach(
        start,
        size,
        (entry, number) -> {
          if (entry.page.shared || !entry.page.isWritten()) {
            drop(entry, number);
          }
        });
  }

  private void drop(PageTable.Entry entry, long number) {
    withdraw(entry, number);
    store.beforeDrop(entry.page, number);
    entry.page.release();
    table.put(number, null);
  }

  /** Makes a page that has changed as it is in another space, of which this one is a copy. */
  void restore(long number, TouchedPages from) {
    PageTable.Entry entry = table.get(number);
    PageTable.Entry original = from.table.get(number);
    if (original == null) {
      drop(entry, number);
      return;
    }
    entry.changed = false;
    if (entry.page == original.page || entry.page.shared) {
      return;
    }
    withdraw(entry, number);
    if (entry.page.references == 1 && !entry.page.isWatched()) {
      entry.page.copyFrom(original.page);
      entry.page.setWritten(original.page.isWritten());
    } else {
      store.beforeDrop(entry.page, number);
      entry.page.release();
      entry.page = original.page;
      entry.page.references++;
    }
  }

  /** Makes the next store to any page bypass the cache. */
  void forgetWritable() {
    cache.forgetWritable();
    loans.forget();
  }

  /** Changes the protection of the touched pages of a range. */
  void protect(long start, long size, int protection) {
    changes.mapping();
    forEach(
        start,
        size,
        (entry, number) -> {
          withdraw(entry, number);
          entry.protection = protection;
        });
  }

  /**
   * Makes room for the pages of a range at another place.
   *
   * @param by the distance to that place
   * @throws MemoryFault if the limit forbids it
   */
  void prepareMove(long start, long size, long by) {
    forEach(start, size, (entry, number) -> prepare(table, moved(number, by)));
  }

  /** Moves the pages of a range to a place that {@link #prepareMove} made ready. */
  void move(long start, long size, long by) {
    changes.mapping();
    forEach(
        start,
        size,
        (entry, number) -> {
          withdraw(entry, number);
          store.beforeMove(entry.page, number);
          table.put(number, null);
          table.put(moved(number, by), entry);
          store.moveHome(entry.page, moved(number, by));
        });
  }

  private long moved(long number, long by) {
    return addresses.number((number << Page.SHIFT) + by);
  }

  /**
   * Shares all pages with a child. The next to write to a private page copies it.
   *
   * @throws MemoryFault if the limit forbids it; the child has got some of the pages then
   */
  void shareWith(TouchedPages child) {
    forEach(
        (entry, number) -> {
          loans.callBack(entry, number);
          prepare(child.table, number);
          entry.page.references++;
          child.table.put(number, new PageTable.Entry(entry));
        });
    cache.forgetWritable();
    loans.forget();
  }

  private static void prepare(PageTable table, long number) {
    if (!table.prepare(number)) {
      throw new MemoryFault(number << Page.SHIFT, Access.WRITE, Reason.EXHAUSTED);
    }
  }

  /** The number of touched pages. */
  long count() {
    long[] count = new long[1];
    forEach((entry, number) -> count[0]++);
    return count[0];
  }
}
