package dev.axon64.linux.call;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.Flags;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.abi.SystemCall;
import dev.axon64.linux.fs.OpenFile;
import dev.axon64.linux.fs.RegularFile;
import dev.axon64.linux.lock.FileLocks;
import dev.axon64.linux.lock.Range;
import dev.axon64.linux.process.Kernel;
import dev.axon64.linux.process.Task;
import dev.axon64.linux.process.Wait;
import java.nio.ByteBuffer;
import java.util.function.BooleanSupplier;

/** Calls that lock files (flock(2), fcntl_locking(2)). */
final class LockCalls implements CallGroup {
  private static final int LOCK_SH = 1;
  private static final int LOCK_EX = 2;
  private static final int LOCK_NB = 4;
  private static final int LOCK_UN = 8;
  private static final int LOCK_MAND = 32;
  private static final int F_GETLK = 5;
  private static final int F_SETLKW = 7;
  private static final int F_OFD_GETLK = 36;
  private static final int F_OFD_SETLK = 37;
  private static final int F_OFD_SETLKW = 38;
  private static final int F_RDLCK = 0;
  private static final int F_WRLCK = 1;
  private static final int F_UNLCK = 2;

  /** Bytes of a struct flock: type, whence, start, length, process. */
  private static final int LOCK_SIZE = 32;

  /** How often a lock is tried that a process of the host may have, in nanoseconds. */
  private static final long TRY_EVERY = 10_000_000;

  private final Kernel kernel;

  LockCalls(Kernel kernel) {
    this.kernel = kernel;
  }

  @Override
  public void bindTo(CallTable table) {
    table.bind(SystemCall.FLOCK, this::flock);
  }

  private long flock(Task task, long[] a) {
    if ((a[1] & LOCK_MAND) != 0) {
      return 0; // as Linux answers since it has no such locks any more
    }
    OpenFile file = Guest.file(task, a[0]);
    int wanted = (int) a[1] & ~LOCK_NB;
    if (wanted != LOCK_SH && wanted != LOCK_EX && wanted != LOCK_UN) {
      throw new SysError(Errno.EINVAL);
    }
    if ((file.flags() & Flags.O_PATH) != 0) {
      throw new SysError(Errno.EBADF);
    }
    FileLocks locks = file.locks();
    boolean exclusive = wanted == LOCK_EX;
    if (wanted == LOCK_UN) {
      locks.unlockWhole(file);
    } else if (!locks.lockWhole(file, exclusive)) {
      if ((a[1] & LOCK_NB) != 0) {
        throw new SysError(Errno.EAGAIN);
      }
      throw await(task, () -> locks.canLockWhole(file, exclusive), () -> {});
    }
    return 0;
  }

  /** Parks a thread until guests let it go on, or a lock of the host's may be gone. */
  private Wait.Parked await(Task task, BooleanSupplier free, Runnable stopped) {
    long now = kernel.clock.monotonic();
    boolean mine = free.getAsBoolean(); // then it is the host that keeps the lock
    long until = mine ? now + TRY_EVERY : Wait.FOREVER;
    BooleanSupplier ready = mine ? () -> false : free;
    return task.park(new Wait(ready, until, true, stopped, null));
  }

  /** Whether a command of fcntl is one of these. */
  static boolean isCommand(int command) {
    return command >= F_GETLK && command <= F_SETLKW
        || command >= F_OFD_GETLK && command <= F_OFD_SETLKW;
  }

  /** A command of fcntl about a range. */
  long range(Task task, OpenFile file, int command, long address) {
    ByteBuffer lock = Guest.struct(task, address, LOCK_SIZE);
    boolean ofFile = command >= F_OFD_GETLK;
    int type = lock.getShort(0);
    if (type < F_RDLCK || type > F_UNLCK || ofFile && lock.getInt(24) != 0) {
      throw new SysError(Errno.EINVAL);
    }
    if ((file.flags() & Flags.O_PATH) != 0) {
      throw new SysError(Errno.EBADF);
    }
    Range range = range(task, file, lock, ofFile);
    if (command == F_GETLK || command == F_OFD_GETLK) {
      tell(task, file.locks(), range, lock, address);
      return 0;
    }
    if (type == F_UNLCK) {
      file.locks().clear(range);
      return 0;
    }
    if (type == F_RDLCK && !file.isReadable() || type == F_WRLCK && !file.isWritable()) {
      throw new SysError(Errno.EBADF);
    }
    boolean wait = command == F_SETLKW || command == F_OFD_SETLKW;
    set(task, file.locks(), range, wait, ofFile);
    return 0;
  }

  private void set(Task task, FileLocks locks, Range range, boolean wait, boolean ofFile) {
    kernel.lockWaits.end(range.owner());
    if (locks.set(range)) {
      return;
    }
    if (!wait) {
      throw new SysError(Errno.EAGAIN);
    }
    if (!ofFile && !kernel.lockWaits.begin(locks, range)) {
      throw new SysError(Errno.EDEADLK);
    }
    throw await(
        task, () -> locks.blockers(range).isEmpty(), () -> kernel.lockWaits.end(range.owner()));
  }

  private static void tell(Task task, FileLocks locks, Range range, ByteBuffer lock, long address) {
    if (lock.getShort(0) == F_UNLCK) {
      throw new SysError(Errno.EINVAL);
    }
    Range other = locks.conflict(range);
    if (other == null) {
      lock.putShort(0, (short) F_UNLCK);
    } else {
      lock.putShort(0, (short) (other.exclusive() ? F_WRLCK : F_RDLCK)).putShort(2, (short) 0);
      lock.putLong(8, other.start());
      lock.putLong(16, other.end() == Range.FOREVER ? 0 : other.end() - other.start());
      lock.putInt(24, other.process());
    }
    Guest.write(task, address, lock);
  }

  private static Range range(Task task, OpenFile file, ByteBuffer lock, boolean ofFile) {
    long base =
        switch (lock.getShort(2)) {
          case Flags.SEEK_SET -> 0;
          case Flags.SEEK_CUR -> file instanceof RegularFile ? file.seek(0, Flags.SEEK_CUR) : 0;
          case Flags.SEEK_END -> file.stat().size();
          default -> throw new SysError(Errno.EINVAL);
        };
    long first = lock.getLong(8);
    long length = lock.getLong(16);
    if (first > 0 && base > Long.MAX_VALUE - first) {
      throw new SysError(Errno.EOVERFLOW);
    }
    long start = base + first;
    long end = length == 0 ? Range.FOREVER : start + length;
    if (length < 0) {
      end = start;
      start = end + length;
    } else if (length > 0 && start > 0 && start - 1 > Long.MAX_VALUE - length) {
      throw new SysError(Errno.EOVERFLOW);
    } else if (end < 0) {
      end = Range.FOREVER;
    }
    if (start < 0) {
      throw new SysError(Errno.EINVAL);
    }
    Object owner = ofFile ? file : task.process.files;
    boolean exclusive = lock.getShort(0) == F_WRLCK;
    return new Range(start, end, exclusive, owner, ofFile ? -1 : task.process.id);
  }
}
