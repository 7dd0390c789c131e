package dev.axon64.machine.memory;

import java.util.List;

/**
 * Changes what is mapped in one space, and the touched pages with it. Addresses and sizes are whole
 * pages within the space; anything else is an {@link IllegalArgumentException}.
 */
final class MappingChanges {
  private final Addresses addresses;
  private final Mappings mappings;
  private final TouchedPages touched;

  MappingChanges(Paging paging) {
    addresses = paging.addresses;
    mappings = paging.mappings;
    touched = paging.touched;
  }

  /** See {@link AddressSpace#map(Mapping)}. */
  void map(Mapping mapping) {
    touched.store.open();
    unmap(mapping.start(), mapping.size());
    mappings.add(mapping);
    touched.changes.mapping();
    mapping.backing().join(this);
  }

  /** See {@link AddressSpace#unmap}. */
  void unmap(long start, long size) {
    addresses.checkRange(start, size);
    remove(start, size);
  }

  private void remove(long start, long size) {
    List<Mapping> gone = mappings.remove(start, start + size);
    if (gone.isEmpty()) {
      return;
    }
    touched.drop(start, size);
    for (Mapping part : gone) {
      if (part.backing().isJoined() && !mappings.uses(part.backing())) {
        part.backing().leave(this);
      }
    }
  }

  /** Makes the pages of a part of a file untouched, wherever they are mapped. */
  void lose(Backing backing, long from, long to) {
    forEachMapped(backing, from, to, touched::drop);
  }

  /** The same for those that nobody has written. */
  void forgetUnwritten(Backing backing, long from, long to) {
    forEachMapped(backing, from, to, touched::dropUnwritten);
  }

  private interface RangeAction {
    void run(long start, long size);
  }

  private void forEachMapped(Backing backing, long from, long to, RangeAction action) {
    for (Mapping mapping : mappings.all()) {
      long first = Math.max(from & -Page.SIZE, mapping.offset());
      long end = Math.min(to, mapping.offset() + mapping.size());
      if (mapping.backing() == backing && first < end) {
        long size = end - first + Page.SIZE - 1 & -Page.SIZE;
        action.run(mapping.start() + (first - mapping.offset()), size);
      }
    }
  }

  /** Makes the next store to any page bypass the cache. */
  void forgetWritable() {
    touched.forgetWritable();
  }

  /** See {@link AddressSpace#discard}. */
  void discard(long start, long size) {
    addresses.checkRange(start, size);
    touched.drop(start, size);
  }

  /** See {@link AddressSpace#protect}. */
  boolean protect(long start, long size, int protection) {
    addresses.checkRange(start, size);
    long reached = start;
    for (Mapping part : mappings.within(start, start + size)) {
      if (part.start() != reached) {
        return false;
      }
      reached = part.end();
      if (part.protection() != protection) {
        touched.changes.mapping();
        mappings.remove(part.start(), part.end());
        mappings.add(part.withProtection(protection));
        touched.protect(part.start(), part.size(), protection);
      }
    }
    return reached == start + size;
  }

  /** See {@link AddressSpace#move}. */
  void move(long from, long size, long to) {
    addresses.checkRange(from, size);
    addresses.checkRange(to, size);
    touched.prepareMove(from, size, to - from);
    for (Mapping part : mappings.remove(from, from + size)) {
      mappings.add(part.moved(to + (part.start() - from)));
    }
    touched.move(from, size, to - from);
  }

  /**
   * Maps in a child all that is mapped here.
   *
   * @throws MemoryFault if the limit forbids it; the child must be cleared
   */
  void copyTo(MappingChanges child) {
    child.touched.store.open();
    for (Mapping mapping : mappings.all()) {
      child.mappings.add(mapping);
      mapping.backing().join(child);
    }
    touched.shareWith(child.touched);
  }

  /** See {@link AddressSpace#clear}. */
  void clear() {
    mappings.all().forEach(mapping -> remove(mapping.start(), mapping.size()));
    touched.table.clear();
    touched.store.clear();
  }
}
