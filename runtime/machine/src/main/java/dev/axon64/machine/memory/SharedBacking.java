package dev.axon64.machine.memory;

import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

/** Pages that all spaces which map this object see. */
final class SharedBacking extends Backing {
  private final Source source;
  private final Kind kind;
  private final Map<Long, Page> pages = new HashMap<>();

  /** The spaces that map it; when the last one leaves, its pages are freed. */
  private final Set<Mappings> users = Collections.newSetFromMap(new IdentityHashMap<>());

  /**
   * Makes one that no space maps yet.
   *
   * @param source what it holds before it is written; null for zeroes
   */
  SharedBacking(Source source, Kind kind) {
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
    return known != null || source == null || source.read(offset, page);
  }

  @Override
  public void flush(Sink sink) {
    pages.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(e -> sink.write(e.getKey(), e.getValue().contents()));
  }

  @Override
  Page page(long offset, FirstTouch touch) {
    Page page = pages.get(offset);
    if (page == null) {
      page = touch.read(source, offset, true);
      pages.put(offset, page);
      page.references++; // the backing's own
    }
    return page;
  }

  @Override
  boolean isShared() {
    return true;
  }

  @Override
  void join(Mappings user) {
    users.add(user);
  }

  @Override
  void leave(Mappings user) {
    users.remove(user);
    if (users.isEmpty()) {
      pages.values().forEach(Page::release);
      pages.clear();
    }
  }
}
