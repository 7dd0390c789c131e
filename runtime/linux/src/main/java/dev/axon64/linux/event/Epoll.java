package dev.axon64.linux.event;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.Flags;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.fs.OpenFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Waits for many open files (epoll(7)). Those that change put themselves on a list, so that nobody
 * asks all of them.
 */
public final class Epoll extends EventFile {
  /** How deep one may lie in another. */
  private static final int DEEPEST = 4;

  private static final int MOST = 1 << 20;

  private final Map<Key, EpollItem> items = new HashMap<>();
  private final Set<EpollItem> listed = new LinkedHashSet<>();

  /** Those of other epolls that wait for this one. */
  final List<EpollItem> containers = new ArrayList<>();

  /** An open file under a descriptor; the same file may be there under several. */
  private record Key(OpenFile file, int descriptor) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Key key && key.file == file && key.descriptor == descriptor;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(file) * 31 + descriptor;
    }
  }

  /**
   * What has happened.
   *
   * @param events POLL bits
   * @param data as it was given
   */
  public record Event(int events, long data) {}

  public Epoll() {
    super(0, "eventpoll", "an epoll");
  }

  /** Begins to wait for a file. */
  public void add(OpenFile file, int descriptor, int events, long data) {
    if (file instanceof Epoll inner) {
      checkNesting(inner);
    }
    Key key = new Key(file, descriptor);
    if (items.containsKey(key)) {
      throw new SysError(Errno.EEXIST);
    }
    if (items.size() >= MOST) {
      throw new SysError(Errno.ENOSPC);
    }
    EpollItem item = new EpollItem(this, file, events, data, () -> drop(key));
    items.put(key, item);
    item.begin();
  }

  /** Fails with ELOOP if another one cannot be waited for, because that waits for this one. */
  private void checkNesting(Epoll inner) {
    if (inner.reaches(this, 0) || above(0) + inner.below(0) + 1 > DEEPEST) {
      throw new SysError(Errno.ELOOP);
    }
  }

  private boolean reaches(Epoll goal, int depth) {
    if (this == goal || depth > DEEPEST) {
      return true;
    }
    for (EpollItem item : items.values()) {
      if (item.file instanceof Epoll inner && inner.reaches(goal, depth + 1)) {
        return true;
      }
    }
    return false;
  }

  /** How many lie in each other below this one. */
  private int below(int depth) {
    int most = 0;
    for (EpollItem item : items.values()) {
      if (depth <= DEEPEST && item.file instanceof Epoll inner) {
        most = Math.max(most, 1 + inner.below(depth + 1));
      }
    }
    return most;
  }

  /** How many this one lies in. */
  private int above(int depth) {
    int most = 0;
    for (EpollItem outer : containers) {
      if (depth <= DEEPEST) {
        most = Math.max(most, 1 + outer.epoll.above(depth + 1));
      }
    }
    return most;
  }

  /** Waits for other events of a file. */
  public void modify(OpenFile file, int descriptor, int events, long data) {
    EpollItem item = item(file, descriptor);
    if (item.isExclusive()) {
      throw new SysError(Errno.EINVAL);
    }
    item.modify(events, data);
  }

  /** Waits for a file no longer. */
  public void delete(OpenFile file, int descriptor) {
    item(file, descriptor);
    drop(new Key(file, descriptor));
  }

  private EpollItem item(OpenFile file, int descriptor) {
    EpollItem item = items.get(new Key(file, descriptor));
    if (item == null) {
      throw new SysError(Errno.ENOENT);
    }
    return item;
  }

  private void drop(Key key) {
    EpollItem item = items.remove(key);
    listed.remove(item);
    item.end();
  }

  /** An item may be ready from now on. */
  void list(EpollItem item) {
    listed.add(item);
    watchers.changed(IN | Flags.POLLRDNORM);
  }

  /** Whether an item may be ready, which {@link #take} finds out. */
  public boolean hasListed() {
    return !listed.isEmpty();
  }

  /** Takes at most so many events. */
  public List<Event> take(int most) {
    List<Event> events = new ArrayList<>();
    List<EpollItem> again = new ArrayList<>();
    for (Iterator<EpollItem> each = listed.iterator(); each.hasNext() && events.size() < most; ) {
      EpollItem item = each.next();
      each.remove();
      int ready = item.ready();
      if (ready != 0) {
        events.add(new Event(ready, item.data()));
        if (item.staysListed()) {
          again.add(item);
        }
      }
    }
    listed.addAll(again);
    return events;
  }

  @Override
  public int ready() {
    for (Iterator<EpollItem> each = listed.iterator(); each.hasNext(); ) {
      if (each.next().ready() != 0) {
        return IN | Flags.POLLRDNORM;
      }
      each.remove();
    }
    return 0;
  }

  @Override
  public int read(byte[] to, int offset, int length) {
    throw new SysError(Errno.EINVAL);
  }

  @Override
  public void checkRead(int length) {
    throw new SysError(Errno.EINVAL);
  }

  @Override
  protected void close() {
    items.values().forEach(EpollItem::end);
    items.clear();
    listed.clear();
  }
}
