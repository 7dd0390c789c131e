package dev.axon64.linux.process;

import dev.axon64.linux.abi.Flags;
import dev.axon64.linux.abi.Signals;
import dev.axon64.linux.fs.FileOwner;
import dev.axon64.linux.fs.Watcher;
import dev.axon64.linux.signal.SigInfo;
import java.util.List;

/** Sends the owner of an open file a signal when the file becomes ready (O_ASYNC). */
public final class OwnerAlert implements Watcher {
  private static final int POLL_IN = 1;
  private static final int POLL_OUT = 2;
  private static final int POLL_MSG = 3;

  /** What is ready where a message is (POLLIN, POLLRDNORM, POLLMSG). */
  private static final int MESSAGE = 0x441;

  private final Kernel kernel;
  private final FileOwner owner;
  private final int descriptor;

  /**
   * An alert that is not watching yet.
   *
   * @param descriptor that a signal other than SIGIO tells
   */
  public OwnerAlert(Kernel kernel, FileOwner owner, int descriptor) {
    this.kernel = kernel;
    this.owner = owner;
    this.descriptor = descriptor;
  }

  @Override
  public boolean changed(int events) {
    boolean out = events != 0 && (events & Flags.POLLIN) == 0;
    send(out ? POLL_OUT : POLL_IN, events & 0xffffL);
    return false;
  }

  /** Tells that there is a message (F_NOTIFY). */
  void tellMessage() {
    send(POLL_MSG, MESSAGE);
  }

  /** Tells that an urgent byte has come. */
  void tellUrgent() {
    send(SigInfo.from(Signals.SIGURG, Signals.SI_KERNEL, 0, 0));
  }

  private void send(int code, long band) {
    send(
        owner.signal == 0
            ? SigInfo.from(Signals.SIGIO, Signals.SI_KERNEL, 0, 0)
            : new SigInfo(owner.signal, 0, code, band, descriptor & 0xffffffffL));
  }

  private void send(SigInfo info) {
    if (owner.id == 0) {
      return;
    }
    if (owner.kind == FileOwner.THREAD) {
      Task task = kernel.task(owner.id);
      if (task != null) {
        kernel.signals.send(task, info);
      }
      return;
    }
    for (Process process : List.copyOf(kernel.processes.values())) {
      if (owner.id == (owner.kind == FileOwner.GROUP ? process.group : process.id)) {
        kernel.signals.send(process, info);
      }
    }
  }

  @Override
  public boolean isAwaited() {
    return owner.id != 0;
  }
}
