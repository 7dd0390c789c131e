package dev.axon64.linux.call;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.abi.SystemCall;
import dev.axon64.linux.process.Futexes;
import dev.axon64.linux.process.Kernel;
import dev.axon64.linux.process.PiFutexes;
import dev.axon64.linux.process.Task;
import dev.axon64.linux.process.Wait;

/** The call that lets threads wait on words of memory and wake each other (futex(2)). */
final class FutexCalls implements CallGroup {
  private static final int WAIT = 0;
  private static final int WAKE = 1;
  private static final int REQUEUE = 3;
  private static final int CMP_REQUEUE = 4;
  private static final int WAKE_OP = 5;
  private static final int LOCK_PI = 6;
  private static final int UNLOCK_PI = 7;
  private static final int TRYLOCK_PI = 8;
  private static final int WAIT_BITSET = 9;
  private static final int WAKE_BITSET = 10;
  private static final int WAIT_REQUEUE_PI = 11;
  private static final int CMP_REQUEUE_PI = 12;
  private static final int LOCK_PI2 = 13;
  private static final int CLOCK_REALTIME = 256;
  private static final int COMMAND = 127;
  private static final long ALL = 0xffffffffL;

  // FUTEX_WAKE_OP: operations and comparisons.
  private static final int OP_SET = 0;
  private static final int OP_ADD = 1;
  private static final int OP_OR = 2;
  private static final int OP_ANDN = 3;
  private static final int OP_XOR = 4;
  private static final int OP_SHIFTED = 8;
  private static final int CMP_EQ = 0;
  private static final int CMP_NE = 1;
  private static final int CMP_LT = 2;
  private static final int CMP_LE = 3;
  private static final int CMP_GT = 4;
  private static final int CMP_GE = 5;

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
      case WAIT_REQUEUE_PI -> awaitMove(task, a);
      case CMP_REQUEUE_PI -> moveToLock(task, a);
      case WAKE_OP -> wakeOperation(task, a);
      case LOCK_PI -> lock(task, a, true);
      case LOCK_PI2 -> lock(task, a, (a[1] & CLOCK_REALTIME) != 0);
      case TRYLOCK_PI -> {
        if (!kernel.piFutexes.tryLock(task, a[0])) {
          throw new SysError(Errno.EAGAIN);
        }
        yield 0;
      }
      case UNLOCK_PI -> {
        kernel.piFutexes.unlock(task, a[0]);
        yield 0;
      }
      default -> throw new SysError(Errno.ENOSYS);
    };
  }

  /** Waits for being moved to a lock, which the thread has afterwards. */
  private long awaitMove(Task task, long[] a) {
    if (a[0] == a[4] || (a[4] & 3) != 0) {
      throw new SysError(Errno.EINVAL);
    }
    Guest.checkWritable(task, a[4], Integer.BYTES);
    Futexes.Key lock = Futexes.key(task.cpu.memory, a[4]);
    return await(task, a, ALL, true, new Futexes.Goal(task, lock, a[4]));
  }

  /** Lets threads wait for a lock that wait on a word. */
  private long moveToLock(Task task, long[] a) {
    if ((int) a[3] < 0 || (int) a[2] != 1 || a[0] == a[4] || (a[4] & 3) != 0) {
      throw new SysError(Errno.EINVAL);
    }
    Guest.checkWritable(task, a[4], Integer.BYTES);
    if ((int) task.cpu.memory.load32(a[0]) != (int) a[5]) {
      throw new SysError(Errno.EAGAIN);
    }
    Futexes.Key from = Futexes.key(task.cpu.memory, a[0]);
    Futexes.Key to = Futexes.key(task.cpu.memory, a[4]);
    return kernel.futexes.requeueToLock(from, to, (int) a[3], kernel::task);
  }

  private long await(Task task, long[] a, long bits, boolean absolute) {
    return await(task, a, bits, absolute, null);
  }

  private long await(Task task, long[] a, long bits, boolean absolute, Futexes.Goal goal) {
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
    long deadline = a[3] == 0 ? Wait.FOREVER : deadline(task, a, absolute);
    if ((int) task.cpu.memory.load32(a[0]) != (int) a[2]) {
      throw new SysError(Errno.EAGAIN);
    }
    Futexes.Key key = Futexes.key(task.cpu.memory, a[0]);
    Futexes.Waiter waiter =
        goal == null ? kernel.futexes.wait(key, bits) : kernel.futexes.wait(key, goal);
    throw task.park(
        new Wait(
            waiter::isWoken, deadline, a[3] == 0, () -> kernel.futexes.cancel(waiter), waiter));
  }

  /** Takes a lock, or waits until it is handed to the thread. */
  private long lock(Task task, long[] a, boolean realtime) {
    if (task.wait != null && task.wait.note() instanceof PiFutexes.Waiter waiter) {
      if (waiter.owns()) {
        return 0;
      }
      kernel.piFutexes.cancel(waiter);
      throw new SysError(Errno.ETIMEDOUT);
    }
    long deadline = Wait.FOREVER;
    if (a[3] != 0) {
      long time = Guest.timespec(task, a[3]);
      deadline = realtime ? time + kernel.clock.monotonic() - kernel.clock.realtime() : time;
    }
    if (kernel.piFutexes.tryLock(task, a[0])) {
      return 0;
    }
    PiFutexes.Waiter waiter = kernel.piFutexes.await(task, a[0], kernel::task);
    throw task.park(
        new Wait(waiter::owns, deadline, a[3] == 0, () -> kernel.piFutexes.cancel(waiter), waiter));
  }

  /** When a wait ends, in monotonic nanoseconds. */
  private long deadline(Task task, long[] a, boolean absolute) {
    long time = Guest.timespec(task, a[3]);
    if (!absolute) {
      return kernel.clock.monotonic() + time;
    }
    boolean realtime = (a[1] & CLOCK_REALTIME) != 0;
    return realtime ? time + kernel.clock.monotonic() - kernel.clock.realtime() : time;
  }

  private long wake(Task task, long address, long most, long bits) {
    if (bits == 0) {
      throw new SysError(Errno.EINVAL);
    }
    Guest.checkReadable(task, address, Integer.BYTES);
    int count = Math.max(1, (int) most);
    return kernel.futexes.wake(Futexes.key(task.cpu.memory, address), count, bits);
  }

  private long requeue(Task task, long[] a) {
    int wakes = (int) a[2];
    int moves = (int) a[3];
    if (wakes < 0 || moves < 0) {
      throw new SysError(Errno.EINVAL);
    }
    Guest.checkReadable(task, a[0], Integer.BYTES);
    Guest.checkReadable(task, a[4], Integer.BYTES);
    Futexes.Key from = Futexes.key(task.cpu.memory, a[0]);
    Futexes.Key to = Futexes.key(task.cpu.memory, a[4]);
    int woken = wakes == 0 ? 0 : kernel.futexes.wake(from, wakes, ALL);
    return woken + kernel.futexes.requeue(from, to, moves);
  }

  /**
   * FUTEX_WAKE_OP: changes the second word and wakes threads on the first; on the second, too, if
   * its old value passes a comparison. The last argument has operation, comparison, operand and
   * comparand in 4, 4, 12 and 12 bits.
   */
  private long wakeOperation(Task task, long[] a) {
    int code = (int) a[5];
    int operand = code << 8 >> 20;
    if ((code >>> 28 & OP_SHIFTED) != 0) {
      operand = 1 << (operand & 31);
    }
    int old = (int) task.cpu.memory.load32(a[4]);
    int next = changed(code >>> 28 & 7, old, operand);
    boolean second = passes(code >>> 24 & 15, old, code << 20 >> 20);
    task.cpu.memory.store32(a[4], next);
    long woken = wake(task, a[0], a[2], ALL);
    return second ? woken + wake(task, a[4], a[3], ALL) : woken;
  }

  private static int changed(int operation, int old, int operand) {
    return switch (operation) {
      case OP_SET -> operand;
      case OP_ADD -> old + operand;
      case OP_OR -> old | operand;
      case OP_ANDN -> old & ~operand;
      case OP_XOR -> old ^ operand;
      default -> throw new SysError(Errno.ENOSYS);
    };
  }

  private static boolean passes(int comparison, int old, int comparand) {
    return switch (comparison) {
      case CMP_EQ -> old == comparand;
      case CMP_NE -> old != comparand;
      case CMP_LT -> old < comparand;
      case CMP_LE -> old <= comparand;
      case CMP_GT -> old > comparand;
      case CMP_GE -> old >= comparand;
      default -> throw new SysError(Errno.ENOSYS);
    };
  }
}
