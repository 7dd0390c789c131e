package dev.axon64.linux.terminal;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.Flags;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.fs.DeviceNode;
import dev.axon64.linux.fs.Node;
import dev.axon64.linux.fs.OpenFile;
import dev.axon64.linux.fs.Stat;
import dev.axon64.linux.fs.Watcher;
import dev.axon64.linux.fs.Watchers;

/**
 * A pseudoterminal: a master, which a terminal emulator has open, and the terminal that programs
 * open under /dev/pts. Each side takes at most 64 KiB that the other has not read.
 */
public final class Pair {
  private static final int MOST = 1 << 16;
  private static final int IN = Flags.POLLIN | Flags.POLLRDNORM;
  private static final int OUT = Flags.POLLOUT | Flags.POLLWRNORM;

  private final Terminal terminal;
  private final DeviceNode slave;
  private final Ring shown = new Ring(MOST);
  private final Ring typed = new Ring(MOST);
  private final Watchers watchers = new Watchers();
  private final Runnable gone;
  private final int number;

  /** Whether programs may not open the terminal yet (TIOCSPTLCK). */
  public boolean locked = true;

  private final Packets packets = new Packets();

  /**
   * @param number under which it is in /dev/pts
   * @param owner the user who opened the master, and the group
   * @param gone run when the master has been closed
   */
  Pair(Jobs jobs, int number, int[] owner, Runnable gone) {
    this.number = number;
    this.gone = gone;
    long device = Stat.device(Pseudoterminals.MAJOR, number);
    String path = Pseudoterminals.FOLDER + "/" + number;
    this.terminal =
        new Terminal(jobs, new Screen(), path, device, true, WindowSize.UNKNOWN, Modes.USUAL);
    this.slave =
        DeviceNode.owned(
            device, Pseudoterminals.SLAVE_MODE, owner, (node, flags) -> openSlave(node, flags));
  }

  /** What programs write goes to the master. */
  private final class Screen implements Wire {
    @Override
    public int room() {
      return shown.room();
    }

    @Override
    public void put(byte[] bytes, int offset, int length) {
      shown.put(bytes, offset, length);
      watchers.changed(IN);
    }

    @Override
    public void flush() {
      shown.clear();
      note(Packets.FLUSHED_OUTPUT, 0);
    }

    @Override
    public void inputFlushed() {
      note(Packets.FLUSHED_INPUT, 0);
    }

    @Override
    public void stopped(boolean held) {
      if (held) {
        note(Packets.STOPPED, Packets.STARTED);
      } else {
        note(Packets.STARTED, Packets.STOPPED);
      }
    }

    @Override
    public void changed(Modes old, Modes modes) {
      if (old.hasUsualFlowKeys() != modes.hasUsualFlowKeys()) {
        int both = Packets.FLOW_KEYS | Packets.NO_FLOW_KEYS;
        note(modes.hasUsualFlowKeys() ? Packets.FLOW_KEYS : Packets.NO_FLOW_KEYS, both);
      }
      if (old.hasLocal(Modes.EXTPROC) || modes.hasLocal(Modes.EXTPROC)) {
        note(Packets.MODES, 0);
      }
    }

    private void note(int bits, int opposite) {
      packets.note(bits, opposite);
      if (packets.isPending()) {
        watchers.changed(IN | Flags.POLLPRI);
      }
    }

    @Override
    public void type() {
      Pair.this.type();
    }

    @Override
    public void users() {
      watchers.changed(0);
    }
  }

  /** Whether the master reads packets (TIOCPKT). */
  public boolean hasPackets() {
    return packets.isOn();
  }

  /** Lets the master read packets, or bytes alone. */
  public void setPackets(boolean on) {
    packets.turn(on);
  }

  /** The terminal that programs open. */
  public Terminal terminal() {
    return terminal;
  }

  /** Its number in /dev/pts. */
  public int number() {
    return number;
  }

  /** Its node in /dev/pts. */
  DeviceNode slave() {
    return slave;
  }

  /** Opens the terminal (TIOCGPTPEER). */
  public OpenFile openSlave(int flags) {
    return openSlave(slave, flags);
  }

  private OpenFile openSlave(Node node, int flags) {
    if (locked || terminal.isHungUp()) {
      throw new SysError(Errno.EIO);
    }
    return terminal.open(flags, node);
  }

  /** Types what waits, as far as the terminal takes it. */
  private void type() {
    byte[] chunk = new byte[1024];
    for (int count = typed.peek(chunk); count > 0; count = typed.peek(chunk)) {
      int taken = terminal.type(chunk, 0, count);
      typed.skip(taken);
      if (taken > 0) {
        watchers.changed(OUT);
      }
      if (taken < count) {
        return;
      }
    }
  }

  /** Opens the master. */
  OpenFile master(int flags, Node node) {
    return new Master(flags, node);
  }

  /** The side of a terminal emulator. */
  public final class Master extends OpenFile {
    private Master(int flags, Node node) {
      super(flags & ~Flags.O_APPEND, node, "/dev/ptmx");
    }

    /** The pseudoterminal that it is the master of. */
    public Pair pair() {
      return Pair.this;
    }

    @Override
    public boolean canRead() {
      type();
      terminal.process();
      return packets.isPending() || shown.filled() > 0 || terminal.isAbandoned();
    }

    @Override
    public int read(byte[] to, int offset, int length) {
      if (packets.isPending() && length > 0) {
        to[offset] = packets.take();
        return 1;
      }
      if (shown.filled() == 0 && terminal.isAbandoned()) {
        throw new SysError(Errno.EIO);
      }
      int head = packets.isOn() && length > 0 ? 1 : 0;
      if (head > 0) {
        to[offset] = Packets.DATA;
      }
      int count = shown.take(to, offset + head, length - head);
      terminal.process();
      terminal.hasRoom();
      return head + count;
    }

    @Override
    public boolean canWrite(int length) {
      type();
      return typed.room() > 0;
    }

    @Override
    public int write(byte[] from, int offset, int length) {
      int count = Math.min(length, typed.room());
      typed.put(from, offset, count);
      type();
      return count;
    }

    @Override
    public int ready() {
      type();
      terminal.process();
      int events = shown.filled() > 0 ? IN : 0;
      events |= packets.isPending() ? IN | Flags.POLLPRI : 0;
      events |= typed.room() > 0 ? OUT : 0;
      return events | (terminal.isAbandoned() ? Flags.POLLHUP : 0);
    }

    @Override
    public boolean canPoll() {
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
    public String kind() {
      return "a pseudoterminal";
    }

    @Override
    public long available() {
      return shown.filled();
    }

    @Override
    protected void close() {
      terminal.hangUp();
      gone.run();
    }
  }

  /** Bytes that one side has written and the other has not read. */
  private static final class Ring {
    private final int most;
    private byte[] bytes = new byte[256];
    private int start;
    private int filled;

    Ring(int most) {
      this.most = most;
    }

    int filled() {
      return filled;
    }

    int room() {
      return most - filled;
    }

    void put(byte[] from, int offset, int length) {
      if (filled + length > bytes.length) {
        grow(filled + length);
      }
      for (int i = 0; i < length; i++) {
        bytes[(start + filled + i) % bytes.length] = from[offset + i];
      }
      filled += length;
    }

    private void grow(int least) {
      int size = bytes.length;
      while (size < least) {
        size *= 2;
      }
      byte[] larger = new byte[size];
      peek(larger);
      bytes = larger;
      start = 0;
    }

    int peek(byte[] to) {
      int count = Math.min(to.length, filled);
      for (int i = 0; i < count; i++) {
        to[i] = bytes[(start + i) % bytes.length];
      }
      return count;
    }

    void skip(int count) {
      start = (start + count) % bytes.length;
      filled -= count;
    }

    int take(byte[] to, int offset, int length) {
      int count = Math.min(length, filled);
      for (int i = 0; i < count; i++) {
        to[offset + i] = bytes[(start + i) % bytes.length];
      }
      skip(count);
      return count;
    }

    void clear() {
      filled = 0;
    }
  }
}
