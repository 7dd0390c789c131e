package dev.axon64.linux.call;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.abi.SystemCall;
import dev.axon64.linux.process.Futexes;
import dev.axon64.linux.process.Kernel;
import dev.axon64.linux.process.Task;
import dev.axon64.linux.process.Wait;

/** futex(2). */
final class FutexCalls implements CallGroup {
  private static final int WAIT = 0;
  private static final int WAKE = 1;
  private static final int REQUEUE = 3;
  private static final int CMP_REQUEUE = 4;
  private static final int WAKE_OP = 5;
  private static final int WAIT_BITSET = 9;
  private static final int WAKE_BITSET = 10;
  private static final int CLOCK_REALTIME = 256;
  private static final int COMMAND = 127;
  private static final long ALL = 0xffffffffL;

  private final Kernel kernel;

  FutexCalls(Kernel kernel) {
    this.kernel = kernel;
  }

  @Override
  public void bindTo(CallTable table) {
    table.bind(SystemCall.FUTEX, this::futex);
  }

  private long futex(Task task, long[] a) {
    int operation = (int) a[1];
    if ((a[0] & 3) != 0) {
      throw new SysError(Errno.EINVAL);
    }
    return switch (operation & COMMAND) {
      case WAIT -> await(task, a, ALL, false);
      case WAIT_BITSET -> await(task, a, a[5] & ALL, true);
      case WAKE -> wake(task, a[0], a[2], ALL);
      case WAKE_BITSET -> wake(task, a[0], a[2], a[5] & ALL);
      case REQUEUE -> requeue(task, a);
      case CMP_REQUEUE -> {
        if ((int) task.cpu.memory.load32(a[0]) != (int) a[5]) {
          throw new SysError(Errno.EAGAIN);
        }
        yield requeue(task, a);
      }
      case WAKE_OP -> wakeOperation(task, a);
      default -> throw new SysError(Errno.ENOSYS);
    };
  }

  private long await(Task task, long[] a, long bits, boolean absolute) {
    if (task.wait != null && task.wait.note() instanceof Futexes.Waiter waiter) {
      if (waiter.isWoken()) {
        return 0;
      }
      kernel.futexes.cancel(waiter);
      throw new SysError(Errno.ETIMEDOUT);
    }
    if (bits == 0) {
      throw new SysError(Errno.EINVAL);
    }
    long deadline = Wait.FOREVER;
    if (a[3] != 0) {
      long time = Guest.timespec(task, a[3]);
      long offset =
          !absolute
              ? kernel.clock.monotonic()
              : (a[1] & CLOCK_REALTIME) == 0
                  ? 0
                  : kernel.clock.monotonic() - kernel.clock.realtime();
      deadline = time + offset;
    }
    if ((int) task.cpu.memory.load32(a[0]) != (int) a[2]) {
      throw new SysError(Errno.EAGAIN);
    }
    Futexes.Waiter waiter = kernel.futexes.wait(Futexes.key(task.cpu.memory, a[0]), bits);
    throw task.park(
        new Wait(
            waiter::isWoken, deadline, a[3] == 0, () -> kernel.futexes.cancel(waiter), waiter));
  }

  private long wake(Task task, long address, long most, long bits) {
    if (bits == 0) {
      throw new SysError(Errno.EINVAL);
    }
    task.cpu.memory.load32(address);
    int count = Math.max(1, (int) most);
    return kernel.futexes.wake(Futexes.key(task.cpu.memory, address), count, bits);
  }

  private long requeue(Task task, long[] a) {
    int wakes = (int) a[2];
    int moves = (int) a[3];
    if (wakes < 0 || moves < 0) {
      throw new SysError(Errno.EINVAL);
    }
    task.cpu.memory.load32(a[0]);
    task.cpu.memory.load32(a[4]);
    Futexes.Key from = Futexes.key(task.cpu.memory, a[0]);
    Futexes.Key to = Futexes.key(task.cpu.memory, a[4]);
    int woken = wakes == 0 ? 0 : kernel.futexes.wake(from, wakes, ALL);
    return woken + kernel.futexes.requeue(from, to, moves);
  }

  /** FUTEX_WAKE_OP: changes the second word, and wakes on it too if what it was compares. */
  private long wakeOperation(Task task, long[] a) {
    int code = (int) a[5];
    int operand = code << 8 >> 20;
    if ((code >>> 28 & 8) != 0) {
      operand = 1 << (operand & 31);
    }
    int comparand = code << 20 >> 20;
    int old = (int) task.cpu.memory.load32(a[4]);
    int next =
        switch (code >>> 28 & 7) {
          case 0 -> operand;
          case 1 -> old + operand;
          case 2 -> old | operand;
          case 3 -> old & ~operand;
          case 4 -> old ^ operand;
          default -> throw new SysError(Errno.ENOSYS);
        };
    boolean second =
        switch (code >>> 24 & 15) {
          case 0 -> old == comparand;
          case 1 -> old != comparand;
          case 2 -> old < comparand;
          case 3 -> old <= comparand;
          case 4 -> old > comparand;
          case 5 -> old >= comparand;
          default -> throw new SysError(Errno.ENOSYS);
        };
    task.cpu.memory.store32(a[4], next);
    long woken = wake(task, a[0], a[2], ALL);
    return second ? woken + wake(task, a[4], a[3], ALL) : woken;
  }
}
