package dev.axon64.linux.event;

import dev.axon64.linux.abi.Flags;
import dev.axon64.linux.fs.OpenFile;
import dev.axon64.linux.fs.Stat;
import dev.axon64.linux.fs.Watcher;
import dev.axon64.linux.fs.Watchers;
import java.time.Instant;

/** An open file that has no node and that others watch. */
abstract class EventFile extends OpenFile {
  static final int IN = Flags.POLLIN;
  static final int OUT = Flags.POLLOUT;

  final Watchers watchers = new Watchers();
  private final String kind;
  private final Instant made = Instant.now();

  /**
   * Something of a kind.
   *
   * @param flags status flags
   * @param name that /proc/self/fd shows
   * @param kind with its article, for messages
   */
  EventFile(int flags, String name, String kind) {
    super(flags & Flags.O_NONBLOCK | Flags.O_RDWR, null, "anon_inode:[" + name + "]");
    this.kind = kind;
  }

  @Override
  public final Stat stat() {
    return new Stat(13, 1, 0600, 1, 0, 0, 0, 0, made, made, made);
  }

  @Override
  public abstract int ready();

  @Override
  public boolean canRead() {
    return (ready() & Flags.POLLIN) != 0;
  }

  @Override
  public final long seek(long offset, int whence) {
    return 0; // accepted without effect
  }

  @Override
  public final boolean canPoll() {
    return true;
  }

  @Override
  public void watch(Watcher watcher) {
    watchers.add(watcher);
  }

  @Override
  public void unwatch(Watcher watcher) {
    watchers.remove(watcher);
  }

  @Override
  public final String kind() {
    return kind;
  }
}
