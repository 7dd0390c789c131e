package dev.axon64.linux.process;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.SysError;
import dev.axon64.machine.memory.AddressSpace;
import dev.axon64.machine.memory.MemoryFault;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * Locks that the kernel hands from thread to thread (FUTEX_LOCK_PI). Since threads take turns
 * whatever their priorities are, there is none to inherit: who waits longest is next.
 */
public final class PiFutexes {
  private static final int WAITERS = 0x80000000;
  private static final int OWNER_DIED = 0x40000000;
  private static final int TID = 0x3fffffff;

  private final Map<Futexes.Key, Lock> locks = new HashMap<>();

  /** A lock for which threads wait. */
  private static final class Lock {
    private final Deque<Waiter> waiters = new ArrayDeque<>();
    private Task owner;
    private long address;
  }

  /** A waiting thread. */
  public static final class Waiter {
    private final Futexes.Key key;
    private final Task task;
    private boolean owns;

    private Waiter(Futexes.Key key, Task task) {
      this.key = key;
      this.task = task;
    }

    /** Whether the lock has been handed to it. */
    public boolean owns() {
      return owns;
    }
  }

  /**
   * Takes a lock if it is free.
   *
   * @return whether the thread has it now
   */
  public boolean tryLock(Task task, long address) {
    AddressSpace memory = task.cpu.memory;
    int value = (int) memory.load32(address);
    if ((value & TID) == task.id) {
      throw new SysError(Errno.EDEADLK);
    }
    if ((value & TID) != 0) {
      return false;
    }
    boolean awaited = locks.containsKey(Futexes.key(memory, address));
    memory.store32(address, value & OWNER_DIED | task.id | (awaited ? WAITERS : 0));
    return true;
  }

  /** Lets the thread that has a lock give it back by a call, whoever waits then. */
  void expectWaiters(Task task, long address) {
    AddressSpace memory = task.cpu.memory;
    memory.store32(address, (int) memory.load32(address) | WAITERS);
  }

  /**
   * Begins to wait for a lock that another thread has.
   *
   * @param owner finds a thread by number; gives null if there is none
   */
  public Waiter await(Task task, long address, IntFunction<Task> owner) {
    AddressSpace memory = task.cpu.memory;
    int value = (int) memory.load32(address);
    Task holder = owner.apply(value & TID);
    if (holder == null) {
      throw new SysError(Errno.ESRCH);
    }
    memory.store32(address, value | WAITERS);
    Futexes.Key key = Futexes.key(memory, address);
    Lock lock = locks.computeIfAbsent(key, each -> new Lock());
    lock.owner = holder;
    lock.address = address;
    Waiter waiter = new Waiter(key, task);
    lock.waiters.add(waiter);
    return waiter;
  }

  /** Stops waiting. */
  public void cancel(Waiter waiter) {
    Lock lock = locks.get(waiter.key);
    if (lock != null && lock.waiters.remove(waiter) && lock.waiters.isEmpty()) {
      locks.remove(waiter.key);
    }
  }

  /** Frees a lock of the thread, or hands it to who has waited longest. */
  public void unlock(Task task, long address) {
    AddressSpace memory = task.cpu.memory;
    int value = (int) memory.load32(address);
    if ((value & TID) != task.id) {
      throw new SysError(Errno.EPERM);
    }
    Futexes.Key key = Futexes.key(memory, address);
    if (locks.containsKey(key)) {
      handOver(key, memory, address, 0);
    } else {
      memory.store32(address, 0);
    }
  }

  private void handOver(Futexes.Key key, AddressSpace memory, long address, int marks) {
    Lock lock = locks.get(key);
    Waiter next = lock.waiters.remove();
    boolean more = !lock.waiters.isEmpty();
    memory.store32(address, next.task.id | (more ? WAITERS : 0) | marks);
    lock.owner = next.task;
    next.owns = true;
    if (!more) {
      locks.remove(key);
    }
  }

  /** Hands on the locks that a thread has which ends. */
  void ended(Task task) {
    for (Map.Entry<Futexes.Key, Lock> each : List.copyOf(locks.entrySet())) {
      Lock lock = each.getValue();
      if (lock.owner != task) {
        continue;
      }
      try {
        handOver(each.getKey(), task.cpu.memory, lock.address, OWNER_DIED);
      } catch (MemoryFault gone) {
        locks.remove(each.getKey()); // nobody can reach the word any more
      }
    }
  }
}
