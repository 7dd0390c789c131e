package dev.axon64.linux.call;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.abi.SystemCall;
import dev.axon64.linux.ipc.IpcObject;
import dev.axon64.linux.ipc.IpcTable;
import dev.axon64.linux.ipc.SemaphoreSet;
import dev.axon64.linux.ipc.SemaphoreSet.Operation;
import dev.axon64.linux.process.Kernel;
import dev.axon64.linux.process.Task;
import dev.axon64.linux.process.Wait;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Calls about System V semaphores (semop(2), semctl(2)). */
final class SemaphoreCalls implements CallGroup {
  private static final int GETPID = 11;
  private static final int GETVAL = 12;
  private static final int GETALL = 13;
  private static final int GETNCNT = 14;
  private static final int GETZCNT = 15;
  private static final int SETVAL = 16;
  private static final int SETALL = 17;
  private static final int SEM_STAT = 18;
  private static final int SEM_INFO = 19;
  private static final int SEM_STAT_ANY = 20;
  private static final int SEM_UNDO = 0x1000;
  private static final int MOST_OPERATIONS = 500;
  private static final int MOST_OF_A_SET = 32_000;
  private static final int MOST_SETS = 32_000;

  /** All semaphores of a machine. */
  private static final int MOST = 1 << 20;

  private static final int SEMBUF = 6;
  private static final int SEMINFO = 40;

  private final Kernel kernel;

  SemaphoreCalls(Kernel kernel) {
    this.kernel = kernel;
  }

  @Override
  public void bindTo(CallTable table) {
    table.bind(SystemCall.SEMGET, this::get);
    table.bind(SystemCall.SEMOP, (t, a) -> operate(t, a[0], a[1], a[2], 0));
    table.bind(SystemCall.SEMTIMEDOP, (t, a) -> operate(t, a[0], a[1], a[2], a[3]));
    table.bind(SystemCall.SEMCTL, this::control);
  }

  private IpcTable<SemaphoreSet> sets() {
    return kernel.ipc.semaphores;
  }

  private long get(Task task, long[] a) {
    int key = (int) a[0];
    int count = (int) a[1];
    int flags = (int) a[2];
    if (count < 0 || count > MOST_OF_A_SET) {
      throw new SysError(Errno.EINVAL);
    }
    return sets()
        .get(
            key,
            flags,
            task.identity,
            known -> {
              if (count > known.count()) {
                throw new SysError(Errno.EINVAL);
              }
            },
            () -> make(task, key, count, flags))
        .id();
  }

  private SemaphoreSet make(Task task, int key, int count, int flags) {
    if (count == 0) {
      throw new SysError(Errno.EINVAL);
    }
    if (sets().all().stream().mapToInt(SemaphoreSet::count).sum() + count > MOST) {
      throw new SysError(Errno.ENOSPC);
    }
    return new SemaphoreSet(key, task.identity, flags, count, IpcCommands.now(kernel));
  }

  /** What a thread that waits for a set finds again. */
  private record Waiting(SemaphoreSet set, SemaphoreSet.Waiter waiter) {}

  private long operate(Task task, long id, long address, long count, long time) {
    boolean again = task.wait != null && task.wait.note() instanceof Waiting;
    if (again) {
      Waiting waiting = (Waiting) task.wait.note();
      waiting.set.stopWaiting(waiting.waiter);
      if (!sets().has(waiting.set)) {
        throw new SysError(Errno.EIDRM);
      }
    }
    if (count < 1 || (int) id < 0) {
      throw new SysError(Errno.EINVAL);
    }
    if (Long.compareUnsigned(count, MOST_OPERATIONS) > 0) {
      throw new SysError(Errno.E2BIG);
    }
    long deadline = deadline(task, time, again);
    List<Operation> operations = operations(task, address, (int) count);
    SemaphoreSet set = sets().of((int) id);
    set.checkNumbers(operations);
    boolean changes = operations.stream().anyMatch(each -> each.change() != 0);
    set.check(task.identity, changes ? IpcObject.WRITE : IpcObject.READ);
    Operation obstacle = set.obstacle(operations);
    if (obstacle == null) {
      set.apply(operations, task.process, task.process.id, IpcCommands.now(kernel));
      return 0;
    }
    if (!obstacle.patient() || task.timedOut || deadline <= kernel.clock.monotonic()) {
      throw new SysError(Errno.EAGAIN);
    }
    SemaphoreSet.Waiter waiter = set.await(obstacle);
    throw task.park(
        new Wait(
            () -> !sets().has(set) || canGoOn(set, operations),
            deadline,
            false,
            () -> set.stopWaiting(waiter),
            new Waiting(set, waiter)));
  }

  private static boolean canGoOn(SemaphoreSet set, List<Operation> operations) {
    try {
      Operation obstacle = set.obstacle(operations);
      return obstacle == null || !obstacle.patient();
    } catch (SysError outOfRange) {
      return true; // the call finds out for itself
    }
  }

  private long deadline(Task task, long time, boolean again) {
    if (again) {
      return task.wait.deadline();
    }
    return time == 0 ? Wait.FOREVER : kernel.clock.monotonic() + Guest.timespec(task, time);
  }

  private static List<Operation> operations(Task task, long address, int count) {
    ByteBuffer all = Guest.struct(task, address, count * SEMBUF);
    List<Operation> operations = new ArrayList<>();
    for (int at = 0; at < all.capacity(); at += SEMBUF) {
      int flags = all.getShort(at + 4);
      operations.add(
          new Operation(
              all.getShort(at) & 0xffff,
              all.getShort(at + 2),
              (flags & SEM_UNDO) != 0,
              (flags & IpcCommands.NOWAIT) == 0));
    }
    return operations;
  }

  private long control(Task task, long[] a) {
    int command = (int) a[2] & ~IpcCommands.STRUCTURES_64;
    return switch (command) {
      case IpcCommands.INFO, SEM_INFO -> info(task, command == SEM_INFO, a[3]);
      case SEM_STAT, SEM_STAT_ANY -> {
        SemaphoreSet set = sets().at((int) a[0]);
        yield stat(task, set, a[3], command == SEM_STAT, set.id());
      }
      case IpcCommands.STAT -> stat(task, sets().of((int) a[0]), a[3], true, 0);
      case IpcCommands.RMID -> {
        SemaphoreSet set = sets().of((int) a[0]);
        set.checkOwner(task.identity);
        sets().remove(set);
        yield 0;
      }
      case IpcCommands.SET -> {
        ByteBuffer from = Guest.struct(task, a[3], SemaphoreSet.BYTES);
        SemaphoreSet set = sets().of((int) a[0]);
        set.checkOwner(task.identity);
        set.change(from, IpcCommands.now(kernel));
        yield 0;
      }
      case SETVAL, SETALL -> assign(task, command, sets().of((int) a[0]), (int) a[1], a[3]);
      case GETALL, GETVAL, GETPID, GETNCNT, GETZCNT -> {
        SemaphoreSet set = sets().of((int) a[0]);
        set.check(task.identity, IpcObject.READ);
        yield read(task, command, set, (int) a[1], a[3]);
      }
      default -> throw new SysError(Errno.EINVAL);
    };
  }

  private long assign(Task task, int command, SemaphoreSet set, int number, long argument) {
    set.check(task.identity, IpcObject.WRITE);
    long now = IpcCommands.now(kernel);
    if (command == SETVAL) {
      set.setValue(number, (int) argument, task.process.id, now);
      return 0;
    }
    ByteBuffer from = Guest.struct(task, argument, set.count() * Short.BYTES);
    int[] values = new int[set.count()];
    for (int i = 0; i < values.length; i++) {
      values[i] = from.getShort(i * Short.BYTES) & 0xffff;
    }
    set.setAll(values, task.process.id, now);
    return 0;
  }

  private static long read(Task task, int command, SemaphoreSet set, int number, long address) {
    return switch (command) {
      case GETVAL -> set.value(number);
      case GETPID -> set.user(number);
      case GETNCNT -> set.waiting(number, false);
      case GETZCNT -> set.waiting(number, true);
      default -> {
        ByteBuffer to = Guest.struct(set.count() * Short.BYTES);
        for (int i = 0; i < set.count(); i++) {
          to.putShort(i * Short.BYTES, (short) set.value(i));
        }
        Guest.write(task, address, to);
        yield 0;
      }
    };
  }

  private static long stat(Task task, SemaphoreSet set, long address, boolean checks, long result) {
    if (checks) {
      set.check(task.identity, IpcObject.READ);
    }
    ByteBuffer to = Guest.struct(SemaphoreSet.BYTES);
    set.put(to);
    Guest.write(task, address, to);
    return result;
  }

  /** Limits, and in two of them what is used if that is asked for (struct seminfo). */
  private long info(Task task, boolean used, long address) {
    int sets = sets().all().size();
    int semaphores = sets().all().stream().mapToInt(SemaphoreSet::count).sum();
    ByteBuffer to = Guest.struct(SEMINFO);
    to.putInt(0, MOST).putInt(4, MOST_SETS).putInt(8, MOST).putInt(12, MOST);
    to.putInt(16, MOST_OF_A_SET).putInt(20, MOST_OPERATIONS).putInt(24, MOST_OPERATIONS);
    to.putInt(28, used ? sets : 20).putInt(32, SemaphoreSet.MOST);
    to.putInt(36, used ? semaphores : SemaphoreSet.MOST);
    Guest.write(task, address, to);
    return sets().highest();
  }
}
