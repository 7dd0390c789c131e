package dev.axon64.machine.memory;

import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The pages of one file: all mappings of it show these, whatever process or descriptor they come
 * by, and whoever reads, writes or cuts the file acts on them. When the file becomes shorter, every
 * space that maps it loses the pages behind the end, before anything else is executed.
 */
public abstract sealed class FilePages implements Sharers permits StoredPages, HostPages {
  final Map<Long, Page> pages = new HashMap<>();
  private final Set<FileBacking> mapped = Collections.newSetFromMap(new IdentityHashMap<>());

  FilePages() {}

  /**
   * Backs mappings with this file.
   *
   * @param shared whether stores go to the file; if not, they stay in the space that makes them
   * @param source reads the file
   */
  public final Backing backing(boolean shared, Backing.Source source) {
    return new FileBacking(this, shared, source);
  }

  /** Whether any space maps the file. */
  public final boolean isMapped() {
    return !mapped.isEmpty();
  }

  /**
   * The page at an offset that a shared mapping shows.
   *
   * @throws MemoryFault if it lies beyond the file, or there is no room for it
   */
  abstract Page page(long offset, FirstTouch touch);

  /** Makes zeroes of a part of the file; false if that is not possible. */
  abstract boolean punch(long from, long to);

  /** Called when no space maps the file any more. */
  abstract void unmapped();

  /** The page at an offset, if a shared mapping has touched it; null if none has. */
  final Page known(long offset) {
    return pages.get(offset);
  }

  /** Keeps a new page; private mappings show it from now on, where they have not been written. */
  final void add(long offset, Page page) {
    page.sharers = this;
    page.references++; // the file's own
    pages.put(offset, page);
    forgetCopies(offset, offset + Page.SIZE);
  }

  /** Says that bytes of the file are about to be written, by others than those who map it. */
  final void beforeWrite(long from, long to) {
    if (!isMapped()) {
      return;
    }
    for (long at = from & -Page.SIZE; at < to && !pages.isEmpty(); at += Page.SIZE) {
      Page page = pages.get(at);
      if (page != null && page.isWatched()) {
        page.tellAll();
      }
    }
  }

  /** Makes private mappings read a part of the file again, where they have not been written. */
  final void forgetCopies(long from, long to) {
    for (FileBacking backing : mapped) {
      if (!backing.isShared()) {
        backing.spaces().forEach(space -> space.forgetUnwritten(backing, from, to));
      }
    }
  }

  /**
   * Takes pages from every space and gives them up.
   *
   * @param from the first one's offset; the end is not included
   * @param copies whether also those that a space has copied and written
   */
  final void lose(long from, long to, boolean copies) {
    for (FileBacking backing : mapped) {
      if (backing.isShared() || copies) {
        backing.spaces().forEach(space -> space.lose(backing, from, to));
      } else {
        backing.spaces().forEach(space -> space.forgetUnwritten(backing, from, to));
      }
    }
    Page.release(pages, from, to);
  }

  /** Takes all pages that lie wholly behind a new end from every space, written ones included. */
  final void lose(long size) {
    lose(size + Page.SIZE - 1 & -Page.SIZE, Long.MAX_VALUE, true);
  }

  /** Gives up all pages, which no space has any more. */
  final void releaseAll() {
    pages.values().forEach(Page::release);
    pages.clear();
  }

  /** Makes the next store of each space that maps the file bypass its cache. */
  @Override
  public final void forgetWritable() {
    mapped.forEach(backing -> backing.spaces().forEach(MappingChanges::forgetWritable));
  }

  final void join(FileBacking backing) {
    mapped.add(backing);
  }

  final void leave(FileBacking backing) {
    if (mapped.remove(backing) && mapped.isEmpty()) {
      unmapped();
    }
  }
}
