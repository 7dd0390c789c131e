package dev.axon64.linux.terminal;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.Flags;
import dev.axon64.linux.abi.Signals;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.fs.Node;
import dev.axon64.linux.fs.OpenFile;
import dev.axon64.linux.fs.Watchers;

/**
 * A terminal: the modes and the window's size, the line discipline, and which session and which
 * processes it belongs to. What it is connected to, a master or the host, types with {@link #type}.
 */
public final class Terminal {
  private static final int IN = Flags.POLLIN | Flags.POLLRDNORM;
  private static final int OUT = Flags.POLLOUT | Flags.POLLWRNORM;

  private final Jobs jobs;
  private final Wire wire;
  private final OutputSide output;
  private final LineDiscipline discipline;
  private final boolean pseudo;
  private final String path;
  private final long device;
  private Modes modes;
  private WindowSize size;

  /** The session that it controls; 0 for none. */
  public int session;

  /** The group of processes in the foreground; 0 for none. */
  public int foreground;

  /** Whether only the superuser may open it once more (TIOCEXCL). */
  public boolean exclusive;

  private final Watchers watchers = new Watchers();
  private boolean hungUp;
  private boolean ended;
  private boolean passes;
  private int users;
  private boolean everUsed;

  /**
   * @param path where it is in the guest's tree
   * @param device its number
   * @param pseudo whether it is one of a pair
   */
  Terminal(
      Jobs jobs,
      Wire wire,
      String path,
      long device,
      boolean pseudo,
      WindowSize size,
      Modes modes) {
    this.jobs = jobs;
    this.wire = wire;
    this.path = path;
    this.device = device;
    this.pseudo = pseudo;
    this.size = size;
    this.modes = modes;
    this.output = new OutputSide(wire, modes);
    this.discipline = new LineDiscipline(output, modes, this::signal);
  }

  /** Where it is in the guest's tree. */
  public String path() {
    return path;
  }

  /** The number of the device. */
  public long device() {
    return device;
  }

  /** Sends a signal to the processes in the foreground. */
  public void signal(int signal) {
    if (foreground != 0) {
      jobs.signal(foreground, signal);
    }
  }

  public Modes modes() {
    return modes;
  }

  /** Changes the modes. */
  public void setModes(Modes now) {
    Modes old = modes;
    modes = pseudo ? now.ofPseudoterminal() : now;
    output.setModes(modes);
    if (!passes) {
      discipline.setModes(modes);
    }
    wire.changed(old, modes);
    if (output.isStopped() && !modes.hasInput(Modes.IXON)) {
      output.start();
    }
    watchers.changed(0);
  }

  public WindowSize size() {
    return size;
  }

  /** Changes the window's size, and tells the processes in the foreground. */
  public void setSize(WindowSize now) {
    if (!now.equals(size)) {
      size = now;
      signal(Signals.SIGWINCH);
    }
  }

  /** Types bytes as far as there is room, and returns how many were taken. */
  public int type(byte[] from, int offset, int length) {
    int count = discipline.receive(from, offset, length);
    if (count > 0) {
      watchers.changed(IN);
    }
    return count;
  }

  /** What it was connected to has taken some of what was shown. */
  void hasRoom() {
    watchers.changed(OUT);
  }

  /** Shows what waits for room. */
  void process() {
    output.process();
  }

  /** Nothing more is typed. */
  void end() {
    ended = true;
    discipline.finishLine();
    watchers.changed(IN);
  }

  /** Treats what is typed by other modes than those that programs see. */
  void pass(Modes passing) {
    passes = true;
    discipline.setModes(passing);
  }

  /** The other side is gone: reads end, writes fail, and the session is told. */
  void hangUp() {
    hungUp = true;
    discipline.flush();
    if (session != 0) {
      jobs.signalLeader(session, Signals.SIGHUP);
      jobs.signalLeader(session, Signals.SIGCONT);
      jobs.taken(this);
    }
    session = 0;
    foreground = 0;
    watchers.changed(0);
  }

  /** Whether the other side is gone. */
  public boolean isHungUp() {
    return hungUp;
  }

  /** Opens it, which makes it that of a session without a terminal whose leader does. */
  OpenFile open(int flags, Node node) {
    return open(flags, node, path);
  }

  /** Opens it by another path, which makes no difference but to what is shown. */
  public OpenFile open(int flags, Node node, String by) {
    if (exclusive && !jobs.isSuperuser()) {
      throw new SysError(Errno.EBUSY);
    }
    TerminalFile file = new TerminalFile(this, flags & ~Flags.O_NOCTTY, node, by);
    if ((flags & Flags.O_NOCTTY) == 0) {
      jobs.opened(this);
    }
    return file;
  }

  void opened() {
    users++;
    everUsed = true;
    wire.users();
  }

  void closed() {
    if (--users == 0) {
      exclusive = false;
      wire.users();
    }
  }

  /** Whether programs had it open and none has it any more. */
  boolean isAbandoned() {
    return everUsed && users == 0;
  }

  Jobs jobs() {
    return jobs;
  }

  /** Whether writing stops processes in the background. */
  boolean stopsWriters() {
    return modes.hasLocal(Modes.TOSTOP);
  }

  boolean canRead(int length) {
    wire.type();
    return isOver() || discipline.canRead(length);
  }

  /** What programs can do at once: the POLL bits of poll(2). */
  int ready() {
    wire.type();
    if (hungUp) {
      return IN | OUT | Flags.POLLERR | Flags.POLLHUP;
    }
    boolean reads = isOver() || discipline.isReady();
    return (reads ? IN : 0) | (output.hasRoom() ? OUT : 0);
  }

  /** Who wants to know what programs can do. */
  Watchers watchers() {
    return watchers;
  }

  private boolean isOver() {
    return hungUp || ended && discipline.available() == 0;
  }

  int patience() {
    return isOver() ? 0 : discipline.patience();
  }

  int read(byte[] to, int offset, int length) {
    if (isOver()) {
      return 0;
    }
    int count = discipline.read(to, offset, length);
    wire.type();
    return count;
  }

  boolean canWrite() {
    return hungUp || output.hasRoom();
  }

  int write(byte[] from, int offset, int length) {
    return output.write(from, offset, length);
  }

  /** Bytes that can be read at once. */
  public int available() {
    return discipline.available();
  }

  /** What was typed and has not been read. */
  byte[] unread() {
    return discipline.unread();
  }

  /** Forgets what was typed and not read. */
  public void flushInput() {
    discipline.flush();
    wire.inputFlushed();
  }

  /** Forgets what was written and not shown. */
  public void flushOutput() {
    output.flush();
  }

  /** Holds output, or lets it go on. */
  public void setStopped(boolean stop) {
    if (stop) {
      output.stop();
    } else {
      output.start();
      watchers.changed(OUT);
    }
  }

  /** The character that asks the other side to stop, or to go on, is sent there. */
  public void askToStop(boolean stop) {
    byte b = (byte) modes.character(stop ? Modes.VSTOP : Modes.VSTART);
    if (b != 0 && wire.room() > 0) {
      wire.put(new byte[] {b}, 0, 1);
    }
  }
}
