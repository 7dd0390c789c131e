package dev.axon64.linux.fs;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Those who watch one thing, in the order in which they came. */
public final class Watchers {
  private final Set<Watcher> all = new LinkedHashSet<>();

  public void add(Watcher watcher) {
    all.add(watcher);
  }

  public void remove(Watcher watcher) {
    all.remove(watcher);
  }

  public boolean isEmpty() {
    return all.isEmpty();
  }

  /**
   * Tells all of them; of the exclusive ones no more than it takes until somebody goes on.
   *
   * @param events POLL bits that may have come; 0 stands for any
   */
  public void changed(int events) {
    if (all.isEmpty()) {
      return;
    }
    boolean taken = false;
    for (Watcher watcher : List.copyOf(all)) {
      if (!watcher.isExclusive()) {
        watcher.changed(events);
      } else if (!taken) {
        taken = watcher.changed(events);
      }
    }
  }

  /** Whether a thread waits for this. */
  public boolean isAwaited() {
    for (Watcher watcher : all) {
      if (watcher.isAwaited()) {
        return true;
      }
    }
    return false;
  }
}
