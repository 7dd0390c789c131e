package dev.axon64.linux.ipc;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.identity.Identity;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** A set of semaphores, with what ends of processes undo. */
public final class SemaphoreSet extends IpcObject {
  /** Bytes of struct semid64_ds. */
  public static final int BYTES = 88;

  /** The highest value. */
  public static final int MOST = 32_767;

  private final int[] values;
  private final int[] users;
  private final Map<Object, int[]> undone = new IdentityHashMap<>();
  private final List<Waiter> waiting = new ArrayList<>();
  private long used;

  /**
   * One operation (struct sembuf).
   *
   * @param change added to the value; 0 waits until the value is 0
   * @param undo whether it is undone when the process ends
   * @param patient whether the caller waits until it can be done
   */
  public record Operation(int number, int change, boolean undo, boolean patient) {}

  /**
   * A thread that waits.
   *
   * @param number of the semaphore
   * @param forZero whether for its value to be 0, or to be higher
   */
  public record Waiter(int number, boolean forZero) {}

  public SemaphoreSet(int key, Identity who, int mode, int count, long now) {
    super(key, who, mode, now);
    values = new int[count];
    users = new int[count];
  }

  /** How many there are. */
  public int count() {
    return values.length;
  }

  /** The value of one; fails with EINVAL if there is no such. */
  public int value(int number) {
    checkNumber(number);
    return values[number];
  }

  /** The process that changed one last. */
  public int user(int number) {
    checkNumber(number);
    return users[number];
  }

  /** How many threads wait for one. */
  public int waiting(int number, boolean forZero) {
    checkNumber(number);
    return (int) waiting.stream().filter(w -> w.number == number && w.forZero == forZero).count();
  }

  private void checkNumber(int number) {
    if (number < 0 || number >= values.length) {
      throw new SysError(Errno.EINVAL);
    }
  }

  /** Fails if operations could never be done. */
  public void checkNumbers(List<Operation> operations) {
    for (Operation each : operations) {
      if (each.number >= values.length) {
        throw new SysError(Errno.EFBIG);
      }
    }
  }

  /** The first operation that must wait, after those in front of it; null if all can be done. */
  public Operation obstacle(List<Operation> operations) {
    int[] now = values.clone();
    for (Operation each : operations) {
      int value = now[each.number];
      if (each.change == 0 ? value != 0 : value + each.change < 0) {
        return each;
      }
      if (value + each.change > MOST) {
        throw new SysError(Errno.ERANGE);
      }
      now[each.number] = value + each.change;
    }
    return null;
  }

  /**
   * Does all operations, for which there is no obstacle.
   *
   * @param owner whose end undoes what is to be undone
   */
  public void apply(List<Operation> operations, Object owner, int process, long now) {
    for (Operation each : operations) {
      values[each.number] += each.change;
      users[each.number] = process;
      if (each.undo) {
        undone.computeIfAbsent(owner, key -> new int[values.length])[each.number] -= each.change;
      }
    }
    used = now;
  }

  /** Sets one value; what was to be undone of it is not any more. */
  public void setValue(int number, int value, int process, long now) {
    checkNumber(number);
    if (value < 0 || value > MOST) {
      throw new SysError(Errno.ERANGE);
    }
    values[number] = value;
    users[number] = process;
    undone.values().forEach(each -> each[number] = 0);
    changed = now;
  }

  /** Sets all values. */
  public void setAll(int[] all, int process, long now) {
    for (int value : all) {
      if (value > MOST) {
        throw new SysError(Errno.ERANGE);
      }
    }
    for (int i = 0; i < all.length; i++) {
      setValue(i, all[i], process, now);
    }
  }

  /** Undoes what an owner that ends has done. */
  void undo(Object owner, int process, long now) {
    int[] back = undone.remove(owner);
    for (int i = 0; back != null && i < back.length; i++) {
      if (back[i] != 0) {
        values[i] = Math.clamp(values[i] + back[i], 0, MOST);
        users[i] = process;
        used = now;
      }
    }
  }

  /** A thread waits from now on. */
  public Waiter await(Operation obstacle) {
    Waiter waiter = new Waiter(obstacle.number, obstacle.change == 0);
    waiting.add(waiter);
    return waiter;
  }

  /** It does not wait any more. */
  public void stopWaiting(Waiter waiter) {
    for (int i = 0; i < waiting.size(); i++) {
      if (waiting.get(i) == waiter) {
        waiting.remove(i);
        return;
      }
    }
  }

  /** Writes the structure. */
  public void put(ByteBuffer to) {
    putPermissions(to, 0);
    to.putLong(48, used).putLong(56, changed).putLong(64, values.length);
  }
}
