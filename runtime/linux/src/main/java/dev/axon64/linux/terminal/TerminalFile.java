package dev.axon64.linux.terminal;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.Signals;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.fs.Node;
import dev.axon64.linux.fs.OpenFile;
import dev.axon64.linux.fs.Watcher;

/** A terminal that a program has opened. */
public final class TerminalFile extends OpenFile {
  private static final long TENTH = 100_000_000;

  private final Terminal terminal;

  /**
   * @param node the device, which tells the attributes
   * @param path by which it was opened
   */
  TerminalFile(Terminal terminal, int flags, Node node, String path) {
    super(flags, node, path);
    this.terminal = terminal;
    terminal.opened();
  }

  /** The terminal that is open. */
  public Terminal terminal() {
    return terminal;
  }

  @Override
  public boolean admitsRead() {
    return admits(Signals.SIGTTIN);
  }

  @Override
  public boolean admitsWrite() {
    return !terminal.stopsWriters() || admits(Signals.SIGTTOU);
  }

  private boolean admits(int signal) {
    return switch (terminal.jobs().use(terminal, signal)) {
      case ALLOWED -> true;
      case SIGNALLED -> false;
      case REFUSED -> throw new SysError(Errno.EIO);
    };
  }

  @Override
  public boolean canRead() {
    return terminal.canRead(1);
  }

  @Override
  public int ready() {
    return terminal.ready();
  }

  @Override
  public boolean canPoll() {
    return true;
  }

  @Override
  public void watch(Watcher watcher) {
    terminal.watchers().add(watcher);
  }

  @Override
  public void unwatch(Watcher watcher) {
    terminal.watchers().remove(watcher);
  }

  @Override
  public String kind() {
    return "a terminal";
  }

  @Override
  public boolean canRead(int length) {
    return terminal.canRead(length);
  }

  @Override
  public long patience() {
    int tenths = terminal.patience();
    return tenths == Integer.MAX_VALUE ? Long.MAX_VALUE : tenths * TENTH;
  }

  @Override
  public int read(byte[] to, int offset, int length) {
    return terminal.read(to, offset, length);
  }

  @Override
  public boolean canWrite(int length) {
    return terminal.canWrite();
  }

  @Override
  public int write(byte[] from, int offset, int length) {
    if (terminal.isHungUp()) {
      throw new SysError(Errno.EIO);
    }
    return terminal.write(from, offset, length);
  }

  @Override
  public long available() {
    return terminal.available();
  }

  @Override
  protected void close() {
    terminal.closed();
  }
}
