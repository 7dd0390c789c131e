package dev.axon64.linux.fs;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.Flags;
import dev.axon64.linux.abi.SysError;
import java.time.Instant;

/**
 * A pipe of 64 KiB, into which writes of up to 4 KiB go as a whole. Its bytes count as those of
 * files in memory do; without room for them it holds 4 KiB, as under Linux for users of many pipes.
 */
public final class Pipe {
  /** Bytes that a pipe holds. */
  public static final int CAPACITY = 1 << 16;

  private static final int ATOMIC = 4096;

  /** The size that a pipe may be given by everybody. */
  private static final int USUAL_MOST = 1 << 20;

  private static final int MOST = 1 << 26;
  private static final int IN = Flags.POLLIN | Flags.POLLRDNORM;
  private static final int OUT = Flags.POLLOUT | Flags.POLLWRNORM;

  private final MemoryStore store;
  private byte[] ring = new byte[0];

  /** Bytes that the ring has where there is room. */
  private int size = CAPACITY;

  /** Bytes of the ring that count as those of files in memory. */
  private int taken;

  private final long inode;
  private final Instant made = Instant.now();
  private int start;
  private int filled;
  private int readers;
  private int writers;
  private long readersEver;
  private long writersEver;
  private final Watchers whoRead = new Watchers();
  private final Watchers whoWrite = new Watchers();

  /** An empty pipe with this inode number. */
  public Pipe(MemoryStore store, long inode) {
    this.store = store;
    this.inode = inode;
  }

  /** How often it has been opened for reading. */
  public long readersEver() {
    return readersEver;
  }

  /** How often it has been opened for writing. */
  public long writersEver() {
    return writersEver;
  }

  /** How many ends are open for reading. */
  public int readers() {
    return readers;
  }

  /** How many ends are open for writing. */
  public int writers() {
    return writers;
  }

  /**
   * Opens one end, or both of a named pipe.
   *
   * @param node the named pipe, or null
   * @param path the path of the named pipe, or null
   */
  public OpenFile open(int flags, Node node, String path) {
    return new End(this, flags, node, path == null ? "pipe:[" + inode + "]" : path);
  }

  /** Whether an open file is an end of a pipe. */
  public static boolean isEnd(OpenFile file) {
    return file instanceof End;
  }

  /** Whether two open files are ends of one pipe. */
  public static boolean areEnds(OpenFile one, OpenFile other) {
    return one instanceof End a && other instanceof End b && a.pipe == b.pipe;
  }

  /** How many bytes a pipe takes now; as many as one likes if nobody can read them. */
  public static int room(OpenFile end) {
    Pipe pipe = ((End) end).pipe;
    return pipe.readers == 0 ? CAPACITY : pipe.capacity() - pipe.filled;
  }

  /** The next bytes of a pipe, which stay in it. */
  public static byte[] peek(OpenFile end, int most) {
    Pipe pipe = ((End) end).pipe;
    byte[] bytes = new byte[Math.min(most, pipe.filled)];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = pipe.ring[(pipe.start + i) % pipe.ring.length];
    }
    return bytes;
  }

  /** How many bytes a pipe holds. */
  public static int capacity(OpenFile end) {
    Pipe pipe = ((End) end).pipe;
    return pipe.ring.length == 0 ? pipe.size : pipe.ring.length;
  }

  /**
   * Changes how many bytes a pipe holds: the power of two that is not less, and a page at least.
   *
   * @param mayExceed whether it may be more than is usual at most
   */
  public static void resize(OpenFile end, long wanted, boolean mayExceed) {
    if (wanted > MOST) {
      throw new SysError(Errno.EINVAL);
    }
    int size = Integer.highestOneBit(Math.max(ATOMIC, (int) wanted));
    size = size < wanted ? 2 * size : size;
    if (size > USUAL_MOST && !mayExceed) {
      throw new SysError(Errno.EPERM);
    }
    ((End) end).pipe.resize(size);
  }

  private void resize(int wanted) {
    if (wanted < filled) {
      throw new SysError(Errno.EBUSY);
    }
    if (ring.length > 0) {
      if (store.free() + taken < wanted) {
        throw new SysError(Errno.ENOMEM);
      }
      byte[] other = new byte[wanted];
      for (int i = 0; i < filled; i++) {
        other[i] = ring[(start + i) % ring.length];
      }
      store.giveBack(taken);
      store.take(wanted);
      taken = wanted;
      ring = other;
      start = 0;
      whoWrite.changed(OUT);
    }
    size = wanted;
  }

  private static final class End extends OpenFile {
    private final Pipe pipe;

    /** How often the pipe had been opened for writing before; it cannot be hung up without more. */
    private final long writersBefore;

    End(Pipe pipe, int flags, Node node, String path) {
      super(flags, node, path);
      this.pipe = pipe;
      boolean waitsForWriters = node != null && !isWritable() && pipe.writers == 0;
      writersBefore = waitsForWriters ? pipe.writersEver : -1;
      if (isReadable()) {
        pipe.readers++;
        pipe.readersEver++;
      }
      if (isWritable()) {
        pipe.writers++;
        pipe.writersEver++;
      }
    }

    @Override
    public Stat stat() {
      if (node() != null) {
        return node().stat();
      }
      Instant made = pipe.made;
      return new Stat(13, pipe.inode, Flags.S_IFIFO | 0600, 1, 0, 0, 0, 0, made, made, made);
    }

    @Override
    public int read(byte[] to, int offset, int length) {
      return pipe.read(to, offset, length);
    }

    @Override
    public int write(byte[] from, int offset, int length) {
      return pipe.write(from, offset, length);
    }

    @Override
    public boolean canRead() {
      return pipe.filled > 0 || pipe.writers == 0;
    }

    @Override
    public boolean canWrite(int length) {
      int free = pipe.capacity() - pipe.filled;
      return pipe.readers == 0 || (length <= ATOMIC ? free >= length : free > 0);
    }

    @Override
    public int ready() {
      int events = 0;
      if (isReadable()) {
        events |= pipe.filled > 0 ? IN : 0;
        boolean hadWriters = pipe.writersEver != writersBefore;
        events |= pipe.writers == 0 && hadWriters ? Flags.POLLHUP : 0;
      }
      if (isWritable()) {
        events |= pipe.hasRoom() ? OUT : 0;
        events |= pipe.readers == 0 ? Flags.POLLERR : 0;
      }
      return events;
    }

    @Override
    public boolean canPoll() {
      return true;
    }

    @Override
    public void watch(Watcher watcher) {
      if (isReadable()) {
        pipe.whoRead.add(watcher);
      }
      if (isWritable()) {
        pipe.whoWrite.add(watcher);
      }
    }

    @Override
    public void unwatch(Watcher watcher) {
      pipe.whoRead.remove(watcher);
      pipe.whoWrite.remove(watcher);
    }

    @Override
    public long available() {
      return pipe.filled;
    }

    @Override
    protected void close() {
      if (isReadable()) {
        pipe.readers--;
      }
      if (isWritable()) {
        pipe.writers--;
      }
      if (pipe.readers + pipe.writers == 0) {
        pipe.drain();
      }
      if (pipe.readers == 0 || pipe.writers == 0) {
        pipe.whoRead.changed(0);
        pipe.whoWrite.changed(0);
      }
    }
  }

  /** Whether a write of what goes in as a whole would not wait. */
  private boolean hasRoom() {
    return capacity() - filled >= ATOMIC;
  }

  private int capacity() {
    return ring.length == 0 ? ATOMIC : ring.length;
  }

  private void fill() {
    if (ring.length == 0) {
      boolean room = store.free() >= size;
      taken = room ? size : 0;
      ring = new byte[room ? size : ATOMIC];
      store.take(taken);
    }
  }

  /** Drops what is in the pipe, which nobody has open any more. */
  private void drain() {
    store.giveBack(taken);
    taken = 0;
    ring = new byte[0];
    start = 0;
    filled = 0;
  }

  private int read(byte[] to, int offset, int length) {
    boolean wasFull = !hasRoom();
    int count = Math.min(length, filled);
    for (int done = 0; done < count; ) {
      int part = Math.min(count - done, ring.length - start);
      System.arraycopy(ring, start, to, offset + done, part);
      start = (start + part) % ring.length;
      done += part;
    }
    filled -= count;
    if (wasFull && hasRoom()) {
      whoWrite.changed(OUT);
    }
    return count;
  }

  private int write(byte[] from, int offset, int length) {
    if (length == 0) {
      return 0; // even if nobody could read it
    }
    if (readers == 0) {
      throw new SysError(Errno.EPIPE);
    }
    fill();
    int count = Math.min(length, ring.length - filled);
    for (int done = 0; done < count; ) {
      int at = (start + filled) % ring.length;
      int part = Math.min(count - done, ring.length - at);
      System.arraycopy(from, offset + done, ring, at, part);
      filled += part;
      done += part;
    }
    if (count > 0) {
      whoRead.changed(IN);
    }
    return count;
  }
}
