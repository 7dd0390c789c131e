package dev.axon64.linux.call;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.Signals;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.abi.SystemCall;
import dev.axon64.linux.process.Kernel;
import dev.axon64.linux.process.Task;
import dev.axon64.linux.process.Wait;
import dev.axon64.linux.signal.AltStack;
import dev.axon64.linux.signal.SigInfo;
import dev.axon64.linux.signal.SignalActions;
import dev.axon64.linux.signal.SignalFrame;
import dev.axon64.linux.signal.SignalQueue;
import dev.axon64.machine.memory.MemoryFault;
import dev.axon64.machine.state.CpuState;
import java.nio.ByteBuffer;

/** Calls about signals. */
final class SignalCalls implements CallGroup {
  private static final int SIGACTION_SIZE = 32;
  private static final int STACK_SIZE = 24;
  private static final long MIN_STACK = 5120;
  private static final int SIG_BLOCK = 0;
  private static final int SIG_UNBLOCK = 1;
  private static final int SIG_SETMASK = 2;

  private final Kernel kernel;

  SignalCalls(Kernel kernel) {
    this.kernel = kernel;
  }

  @Override
  public void bindTo(CallTable table) {
    table.bind(SystemCall.RT_SIGACTION, this::action);
    table.bind(SystemCall.RT_SIGPROCMASK, this::mask);
    table.bind(SystemCall.RT_SIGPENDING, this::pending);
    table.bind(SystemCall.RT_SIGSUSPEND, this::suspend);
    table.bind(SystemCall.RT_SIGTIMEDWAIT, this::timedWait);
    table.bind(SystemCall.RT_SIGRETURN, this::sigreturn);
    table.bind(SystemCall.SIGALTSTACK, this::altStack);
  }

  private static int number(long signal) {
    if ((int) signal < 1 || (int) signal > Signals.LAST) {
      throw new SysError(Errno.EINVAL);
    }
    return (int) signal;
  }

  private static void checkSize(long size) {
    if (size != Long.BYTES) {
      throw new SysError(Errno.EINVAL);
    }
  }

  private long action(Task task, long[] a) {
    checkSize(a[3]);
    int signal = number(a[0]);
    SignalActions.Action old = task.process.actions.get(signal);
    SignalActions.Action next = null;
    if (a[1] != 0) {
      if ((Signals.bit(signal) & Signals.UNBLOCKABLE) != 0) {
        throw new SysError(Errno.EINVAL);
      }
      ByteBuffer b = Guest.struct(task, a[1], SIGACTION_SIZE);
      next =
          new SignalActions.Action(
              b.getLong(0),
              b.getLong(8) & SignalActions.KNOWN,
              b.getLong(16),
              b.getLong(24) & ~Signals.UNBLOCKABLE);
    }
    if (a[2] != 0) {
      ByteBuffer b = Guest.struct(SIGACTION_SIZE);
      b.putLong(0, old.handler()).putLong(8, old.flags());
      b.putLong(16, old.restorer()).putLong(24, old.mask());
      Guest.write(task, a[2], b);
    }
    if (next != null) {
      task.process.actions.set(signal, next);
      if (task.process.actions.ignores(signal)) {
        task.process.pending.drop(Signals.bit(signal));
        task.process.tasks.forEach(t -> t.pending.drop(Signals.bit(signal)));
      }
    }
    return 0;
  }

  private long mask(Task task, long[] a) {
    checkSize(a[3]);
    long old = task.blocked;
    if (a[1] != 0) {
      long set = task.cpu.memory.load64(a[1]) & ~Signals.UNBLOCKABLE;
      task.blocked =
          switch ((int) a[0]) {
            case SIG_BLOCK -> old | set;
            case SIG_UNBLOCK -> old & ~set;
            case SIG_SETMASK -> set;
            default -> throw new SysError(Errno.EINVAL);
          };
    }
    if (a[2] != 0) {
      task.cpu.memory.store64(a[2], old);
    }
    return 0;
  }

  private long pending(Task task, long[] a) {
    checkSize(a[1]);
    task.cpu.memory.store64(a[0], (task.pending.set() | task.process.pending.set()) & task.blocked);
    return 0;
  }

  private long suspend(Task task, long[] a) {
    checkSize(a[1]);
    long set = task.cpu.memory.load64(a[0]) & ~Signals.UNBLOCKABLE;
    if (task.wait == null) {
      task.savedMask = task.blocked;
      task.blocked = set;
    }
    throw task.park(Wait.until(() -> false, Wait.FOREVER));
  }

  private long timedWait(Task task, long[] a) {
    checkSize(a[3]);
    long set = task.cpu.memory.load64(a[0]) & ~Signals.UNBLOCKABLE;
    long deadline =
        task.wait != null
            ? task.wait.deadline()
            : a[2] == 0 ? Wait.FOREVER : kernel.clock.monotonic() + Guest.timespec(task, a[2]);
    long own = task.pending.set() & set;
    long all = own | task.process.pending.set() & set;
    if (all != 0) {
      int signal = SignalQueue.first(own != 0 ? own : all);
      SigInfo info = (own != 0 ? task.pending : task.process.pending).take(signal);
      if (a[1] != 0) {
        task.cpu.memory.write(a[1], info.bytes());
      }
      return signal;
    }
    if (task.timedOut || deadline <= kernel.clock.monotonic()) {
      throw new SysError(Errno.EAGAIN);
    }
    throw task.park(
        Wait.until(() -> ((task.pending.set() | task.process.pending.set()) & set) != 0, deadline));
  }

  private long sigreturn(Task task, long[] a) {
    SignalFrame.Restored restored = frame(task);
    if (restored == null) {
      kernel.signals.force(
          task, SigInfo.fault(Signals.SIGSEGV, Signals.SI_KERNEL, task.cpu.x[CpuState.SP]));
      return task.cpu.x[0];
    }
    task.blocked = restored.mask() & ~Signals.UNBLOCKABLE;
    if (!task.altStack.contains(task.cpu.x[CpuState.SP])) {
      task.altStack = checked(restored.stack(), task.altStack);
    }
    return task.cpu.x[0];
  }

  /** Restores the registers from the frame at the stack pointer; null if there is none. */
  private static SignalFrame.Restored frame(Task task) {
    try {
      return SignalFrame.leave(task.cpu);
    } catch (MemoryFault e) {
      return null;
    }
  }

  private static AltStack checked(AltStack wanted, AltStack old) {
    boolean valid = !wanted.isEnabled() || wanted.size() >= MIN_STACK;
    return valid ? wanted : old;
  }

  private long altStack(Task task, long[] a) {
    long sp = task.cpu.x[CpuState.SP];
    AltStack old = task.altStack;
    AltStack next = old;
    if (a[0] != 0) {
      ByteBuffer b = Guest.struct(task, a[0], STACK_SIZE);
      int flags = b.getInt(8);
      if (old.contains(sp)) {
        throw new SysError(Errno.EPERM);
      }
      int mode = flags & ~AltStack.SS_AUTODISARM;
      if (mode != 0 && mode != AltStack.SS_DISABLE && mode != AltStack.SS_ONSTACK) {
        throw new SysError(Errno.EINVAL);
      }
      if (mode == AltStack.SS_DISABLE) {
        next = AltStack.NONE;
      } else if (Long.compareUnsigned(b.getLong(16), MIN_STACK) < 0) {
        throw new SysError(Errno.ENOMEM);
      } else {
        next = new AltStack(b.getLong(0), flags & AltStack.SS_AUTODISARM, b.getLong(16));
      }
    }
    if (a[1] != 0) {
      ByteBuffer b = Guest.struct(STACK_SIZE);
      b.putLong(0, old.start()).putInt(8, old.flagsAt(sp)).putLong(16, old.size());
      Guest.write(task, a[1], b);
    }
    task.altStack = next;
    return 0;
  }
}
