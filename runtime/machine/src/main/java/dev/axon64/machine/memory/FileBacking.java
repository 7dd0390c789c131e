package dev.axon64.machine.memory;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/** The pages of a file, as those who opened it map them. */
final class FileBacking extends Backing {
  private final FilePages file;
  private final boolean shared;
  private final Source source;
  private final Set<MappingChanges> spaces = Collections.newSetFromMap(new IdentityHashMap<>());

  FileBacking(FilePages file, boolean shared, Source source) {
    this.file = file;
    this.shared = shared;
    this.source = source;
  }

  /** The spaces that map it. */
  Set<MappingChanges> spaces() {
    return spaces;
  }

  @Override
  public Kind kind() {
    return shared ? Kind.SHARED_FILE : Kind.FILE;
  }

  @Override
  public Object identity() {
    return file;
  }

  @Override
  public boolean remove(long from, long to) {
    return shared && file.punch(from, to);
  }

  @Override
  public boolean original(long offset, byte[] page) {
    return source.read(offset, page);
  }

  @Override
  Page page(long offset, FirstTouch touch) {
    if (shared) {
      return file.page(offset, touch);
    }
    Page known = file.known(offset);
    return known != null ? known : touch.read(source, offset, false);
  }

  @Override
  boolean isShared() {
    return shared;
  }

  @Override
  boolean isJoined() {
    return true;
  }

  @Override
  void join(MappingChanges space) {
    spaces.add(space);
    file.join(this);
  }

  @Override
  void leave(MappingChanges space) {
    spaces.remove(space);
    if (spaces.isEmpty()) {
      file.leave(this);
    }
  }
}
