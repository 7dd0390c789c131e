package dev.axon64.machine.memory;

import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

/** Pages that all spaces which map this object see. */
final class SharedBacking extends Backing implements Sharers {
  private final Source source;
  private final Kind kind;
  private final long size;
  private final Map<Long, Page> pages = new HashMap<>();

  /** The spaces that map it; when the last one leaves, its pages are freed. */
  private final Set<MappingChanges> users = Collections.newSetFromMap(new IdentityHashMap<>());

  /**
   * Makes one that no space maps yet.
   *
   * @param source what it holds before it is written; null for zeroes
   * @param size behind which there is nothing
   */
  SharedBacking(Source source, Kind kind, long size) {
    this.size = size;
    this.source = source;
    this.kind = kind;
  }

  @Override
  public Kind kind() {
    return kind;
  }

  @Override
  public boolean original(long offset, byte[] page) {
    Page known = pages.get(offset);
    if (known != null) {
      known.read(0, page, 0, page.length);
    }
    return known != null || offset < size && (source == null || source.read(offset, page));
  }

  @Override
  public boolean holds(long offset) {
    return pages.containsKey(offset);
  }

  @Override
  Page page(long offset, FirstTouch touch) {
    Page page = pages.get(offset);
    if (page == null && offset >= size) {
      throw touch.fault(MemoryFault.Reason.BEYOND_FILE);
    }
    if (page == null) {
      page = touch.read(source, offset, true);
      pages.put(offset, page);
      page.references++; // the backing's own
      page.sharers = this;
    }
    return page;
  }

  @Override
  public boolean remove(long from, long to) {
    users.forEach(space -> space.lose(this, from, to));
    Page.release(pages, from, to);
    return source == null;
  }

  @Override
  public void forgetWritable() {
    users.forEach(MappingChanges::forgetWritable);
  }

  @Override
  boolean isShared() {
    return true;
  }

  @Override
  boolean isJoined() {
    return true;
  }

  @Override
  void join(MappingChanges space) {
    users.add(space);
  }

  @Override
  void leave(MappingChanges space) {
    users.remove(space);
    if (users.isEmpty()) {
      pages.values().forEach(Page::release);
      pages.clear();
    }
  }
}
