package dev.axon64.linux.event;

import dev.axon64.linux.abi.Flags;
import dev.axon64.linux.fs.Watcher;
import dev.axon64.linux.process.Process;

/** A descriptor of a process, which is ready when the process has ended (pidfd_open(2)). */
public final class ProcessFile extends EventFile {
  private final Process process;

  public ProcessFile(Process process, int flags) {
    super(flags, "pidfd", "a process");
    this.process = process;
  }

  /** The process, which may have ended. */
  public Process process() {
    return process;
  }

  @Override
  public int ready() {
    int events = process.isZombie() ? IN | Flags.POLLRDNORM : 0;
    return process.reaped ? events | Flags.POLLHUP : events;
  }

  @Override
  public void watch(Watcher watcher) {
    process.whoAwaitsEnd.add(watcher);
  }

  @Override
  public void unwatch(Watcher watcher) {
    process.whoAwaitsEnd.remove(watcher);
  }
}
