package dev.axon64.linux.event;

import dev.axon64.linux.abi.Flags;
import dev.axon64.linux.fs.OpenFile;
import dev.axon64.linux.fs.Watcher;

/** One open file that an epoll waits for. */
final class EpollItem implements Watcher {
  static final int EXCLUSIVE = 1 << 28;
  static final int WAKEUP = 1 << 29;
  static final int ONESHOT = 1 << 30;
  static final int EDGE = 1 << 31;
  private static final int PRIVATE = EXCLUSIVE | WAKEUP | ONESHOT | EDGE;
  private static final int ALWAYS = Flags.POLLERR | Flags.POLLHUP;

  final Epoll epoll;
  final OpenFile file;
  private final Runnable closed;
  private final boolean exclusive;
  private int events;
  private long data;
  private boolean ended;

  /**
   * A file that is not waited for yet.
   *
   * @param closed done when the file is closed
   */
  EpollItem(Epoll epoll, OpenFile file, int events, long data, Runnable closed) {
    this.epoll = epoll;
    this.file = file;
    this.closed = closed;
    this.exclusive = (events & EXCLUSIVE) != 0;
    this.events = events | ALWAYS;
    this.data = data;
  }

  void begin() {
    if (file instanceof Epoll inner) {
      inner.containers.add(this);
    }
    file.atClose(closed);
    file.watch(this);
    listIfReady();
  }

  void end() {
    ended = true;
    if (file instanceof Epoll inner) {
      inner.containers.remove(this);
    }
    file.notAtClose(closed);
    file.unwatch(this);
  }

  void modify(int wanted, long newData) {
    events = wanted | ALWAYS;
    data = newData;
    listIfReady();
  }

  private void listIfReady() {
    if (ready() != 0) {
      epoll.list(this);
    }
  }

  /** The wanted events that the file is ready for. */
  int ready() {
    return file.ready() & events & ~PRIVATE;
  }

  long data() {
    return data;
  }

  /**
   * Whether it stays listed after its event was taken, as it does unless that waits for a change.
   */
  boolean staysListed() {
    if ((events & ONESHOT) != 0) {
      events &= PRIVATE;
      return false;
    }
    return (events & EDGE) == 0;
  }

  @Override
  public boolean changed(int which) {
    boolean disabled = (events & ~PRIVATE) == 0;
    if (ended || disabled || which != 0 && (which & events) == 0) {
      return false;
    }
    epoll.list(this);
    return epoll.watchers.isAwaited();
  }

  @Override
  public boolean isExclusive() {
    return exclusive;
  }

  @Override
  public boolean isAwaited() {
    return epoll.watchers.isAwaited();
  }
}
