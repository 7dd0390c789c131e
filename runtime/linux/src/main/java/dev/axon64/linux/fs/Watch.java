package dev.axon64.linux.fs;

import java.util.ArrayList;
import java.util.List;

/** A parked thread's watch on open files, which notes that one of them has changed. */
public final class Watch implements Watcher, AutoCloseable {
  private final List<OpenFile> files = new ArrayList<>();
  private boolean changed;

  /** Watches one more file. */
  public Watch on(OpenFile file) {
    file.watch(this);
    files.add(file);
    return this;
  }

  /** Whether one of the files has changed since it was watched. */
  public boolean hasChanged() {
    return changed;
  }

  @Override
  public boolean changed(int events) {
    changed = true;
    return true;
  }

  @Override
  public boolean isAwaited() {
    return true;
  }

  /** Watches no longer. */
  @Override
  public void close() {
    files.forEach(file -> file.unwatch(this));
    files.clear();
  }
}
