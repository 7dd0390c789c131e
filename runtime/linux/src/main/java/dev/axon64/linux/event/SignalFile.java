package dev.axon64.linux.event;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.Signals;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.fs.Watcher;
import dev.axon64.linux.process.Kernel;
import dev.axon64.linux.process.Process;
import dev.axon64.linux.process.Task;
import dev.axon64.linux.signal.SigInfo;
import dev.axon64.linux.signal.SignalQueue;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.IdentityHashMap;
import java.util.Map;

/** Waiting signals as something to read (signalfd(2)): those of whoever looks at it. */
public final class SignalFile extends EventFile {
  /** Bytes of a struct signalfd_siginfo. */
  private static final int SIZE = 128;

  private final Kernel kernel;
  private final Map<Watcher, Process> watched = new IdentityHashMap<>();
  private long mask;

  /** Gives the signals of a set. */
  public SignalFile(Kernel kernel, long mask, int flags) {
    super(flags, "signalfd", "a signalfd");
    this.kernel = kernel;
    this.mask = mask;
  }

  /** Gives the signals of another set from now on. */
  public void setMask(long set) {
    mask = set;
    watched.values().stream().distinct().forEach(process -> process.whoAwaitsSignals.changed(0));
  }

  @Override
  public int ready() {
    Task task = kernel.caller;
    return ((task.pending.set() | task.process.pending.set()) & mask) != 0 ? IN : 0;
  }

  @Override
  public void checkRead(int length) {
    if (length < SIZE) {
      throw new SysError(Errno.EINVAL);
    }
  }

  @Override
  public int read(byte[] to, int offset, int length) {
    checkRead(length);
    Task task = kernel.caller;
    int done = 0;
    while (done + SIZE <= length && ready() != 0) {
      long own = task.pending.set() & mask;
      SignalQueue queue = own != 0 ? task.pending : task.process.pending;
      SigInfo info = queue.take(SignalQueue.first(queue.set() & mask));
      put(ByteBuffer.wrap(to).order(ByteOrder.LITTLE_ENDIAN), offset + done, info);
      done += SIZE;
    }
    return done;
  }

  private static void put(ByteBuffer b, int at, SigInfo info) {
    b.put(at, new byte[SIZE]);
    b.putInt(at, info.signal()).putInt(at + 4, info.errno()).putInt(at + 8, info.code());
    int low = (int) info.first();
    int high = (int) (info.first() >>> 32);
    if (info.code() == Signals.SI_TIMER) {
      b.putInt(at + 24, low).putInt(at + 32, high);
      putValue(b, at, info.second());
    } else if (isFault(info)) {
      b.putLong(at + 72, info.first());
    } else {
      b.putInt(at + 12, low).putInt(at + 16, high);
      if (info.signal() == Signals.SIGCHLD && info.code() > 0) {
        b.putInt(at + 40, (int) info.second());
      } else if (info.code() < 0 && info.code() != Signals.SI_TKILL) {
        putValue(b, at, info.second());
      }
    }
  }

  private static void putValue(ByteBuffer b, int at, long value) {
    b.putInt(at + 44, (int) value).putLong(at + 48, value);
  }

  private static boolean isFault(SigInfo info) {
    return info.code() > 0
        && info.code() < Signals.SI_KERNEL
        && switch (info.signal()) {
          case Signals.SIGILL, Signals.SIGFPE, Signals.SIGSEGV, Signals.SIGBUS, Signals.SIGTRAP ->
              true;
          default -> false;
        };
  }

  @Override
  public void watch(Watcher watcher) {
    super.watch(watcher);
    Process process = kernel.caller.process;
    watched.put(watcher, process);
    process.whoAwaitsSignals.add(watcher);
  }

  @Override
  public void unwatch(Watcher watcher) {
    super.unwatch(watcher);
    Process process = watched.remove(watcher);
    if (process != null) {
      process.whoAwaitsSignals.remove(watcher);
    }
  }
}
