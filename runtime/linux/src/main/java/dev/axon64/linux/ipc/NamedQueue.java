package dev.axon64.linux.ipc;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.Flags;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.fs.MemoryStore;
import dev.axon64.linux.fs.Stat;
import dev.axon64.linux.fs.Watchers;
import dev.axon64.linux.identity.Identity;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * A POSIX message queue (mq_overview(7)): messages of the highest priority come first, and among
 * those the oldest.
 */
public final class NamedQueue {
  /** Priorities are below this. */
  public static final int PRIORITIES = 32_768;

  /** The device number of all queues. */
  static final long DEVICE = 0x15;

  /** Bytes that the text has which reading the descriptor gives. */
  private static final int STATUS_BYTES = 80;

  /** Bytes of a message, and of a list of messages of one priority, that count for a user. */
  private static final int MESSAGE_BYTES = 48;

  /**
   * A message.
   *
   * @param priority the highest first
   */
  public record Message(int priority, byte[] text) {}

  /**
   * Who is told of the next message that comes when there is none.
   *
   * @param owner whose request it is: as it closes a descriptor of the queue, it is forgotten
   * @param id the number of its process
   * @param way how it is told, as SIGEV_ numbers have it
   * @param signal that it gets; 0 for none
   * @param arrives told of the message
   * @param forgotten told that it will not be told any more
   */
  public record Notice(
      Object owner, int id, int way, int signal, Runnable arrives, Runnable forgotten) {}

  /** Bytes that a message takes beside its text. */
  private static final int ROOM = 64;

  private final MemoryStore store;
  private final int most;
  private final int size;
  private final Stat stat;
  private final NavigableMap<Integer, Deque<Message>> messages =
      new TreeMap<>(Collections.reverseOrder());
  final Watchers watchers = new Watchers();
  private int count;
  private int bytes;
  private Notice notice;
  private int users;
  private boolean named = true;

  /** How many threads wait for a message. */
  private int receivers;

  /**
   * A queue without messages.
   *
   * @param store whose room the messages take
   * @param most messages that it holds
   * @param size bytes of the longest message
   */
  NamedQueue(MemoryStore store, int most, int size, long inode, int permissions, Identity who) {
    this.store = store;
    this.most = most;
    this.size = size;
    Instant now = Instant.now();
    this.stat =
        new Stat(
            DEVICE,
            inode,
            Flags.S_IFREG | permissions & 0777,
            1,
            who.user().file(),
            who.group().file(),
            0,
            STATUS_BYTES,
            now,
            now,
            now);
  }

  /** How many messages it holds at most. */
  public int most() {
    return most;
  }

  /** Bytes of the longest message. */
  public int size() {
    return size;
  }

  /** How many messages it holds. */
  public int count() {
    return count;
  }

  /** Its owner and permissions. */
  public Stat stat() {
    return stat;
  }

  /** Bytes that it counts for against the limit of its owner. */
  long charge() {
    return charge(most, size);
  }

  static long charge(long most, long size) {
    return most * size + (most + Math.min(most, PRIORITIES)) * MESSAGE_BYTES;
  }

  /** Whether there is room for a message. */
  public boolean hasRoom() {
    return count < most;
  }

  /**
   * Adds a message, of which whoever asked for that is told; fails with ENOMEM if the machine has
   * no room for it.
   */
  public void send(Message message) {
    if (store.free() < message.text.length + ROOM) {
      throw new SysError(Errno.ENOMEM);
    }
    store.take(message.text.length + ROOM);
    boolean first = count == 0 && receivers == 0;
    messages.computeIfAbsent(message.priority, p -> new ArrayDeque<>()).add(message);
    count++;
    bytes += message.text.length;
    watchers.changed(Flags.POLLIN | Flags.POLLRDNORM);
    if (first && notice != null) {
      Notice told = notice;
      notice = null;
      told.arrives.run();
    }
  }

  /** Takes out the next message; null if there is none. */
  public Message receive() {
    var next = messages.firstEntry();
    if (next == null) {
      return null;
    }
    Message message = next.getValue().remove();
    if (next.getValue().isEmpty()) {
      messages.remove(next.getKey());
    }
    count--;
    bytes -= message.text.length;
    store.giveBack(message.text.length + ROOM);
    watchers.changed(Flags.POLLOUT | Flags.POLLWRNORM);
    return message;
  }

  /** A thread begins to wait for a message. */
  public void beginReceiving() {
    receivers++;
  }

  /** A thread waits no more. */
  public void endReceiving() {
    receivers--;
  }

  /** Whether somebody is to be told of a message. */
  public boolean hasNotice() {
    return notice != null;
  }

  /** Has somebody told of the next message that comes when there is none. */
  public void notify(Notice next) {
    notice = next;
  }

  /** Does not tell this one any more, if it was to be told. */
  public void forget(Object owner) {
    if (notice != null && notice.owner == owner) {
      Notice old = notice;
      notice = null;
      old.forgotten.run();
    }
  }

  /** What reading its descriptor gives. */
  String status() {
    Notice told = notice;
    return "QSIZE:%-10d NOTIFY:%-5d SIGNO:%-5d NOTIFY_PID:%-6d\n"
        .formatted(
            bytes,
            told == null ? 0 : told.way,
            told == null ? 0 : told.signal,
            told == null ? 0 : told.id);
  }

  void opened() {
    users++;
  }

  void closed() {
    users--;
  }

  void unlinked() {
    named = false;
  }

  /** Whether nobody can use it any more. */
  boolean isGone() {
    return !named && users == 0;
  }

  /** Gives back the room of messages that nobody will receive. */
  void drop() {
    store.giveBack(bytes + (long) count * ROOM);
    messages.clear();
  }
}
