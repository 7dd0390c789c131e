package dev.axon64.linux.process;

import dev.axon64.linux.abi.Flags;
import dev.axon64.linux.abi.Signals;
import dev.axon64.linux.abi.WaitStatus;
import dev.axon64.linux.signal.SigInfo;
import dev.axon64.linux.signal.SignalActions;
import dev.axon64.machine.memory.MemoryFault;
import java.util.List;

/** How threads and processes end. */
public final class ProcessEnd {
  private static final int MOST_ROBUST = 2048;
  private static final int FUTEX_WAITERS = 0x80000000;
  private static final int FUTEX_OWNER_DIED = 0x40000000;
  private static final int FUTEX_TID = 0x3fffffff;
  private static final long ALL_BITS = 0xffffffffL;

  private final Kernel kernel;

  ProcessEnd(Kernel kernel) {
    this.kernel = kernel;
  }

  /** Ends a thread, and its process if it is the last one. */
  public void thread(Task task, int waitStatus) {
    if (task.process.tasks.size() == 1) {
      process(task.process, waitStatus);
    } else {
      remove(task, waitStatus, false);
    }
  }

  /** Ends the other threads of a thread's process, as execve does. */
  public void others(Task task) {
    for (Task other : List.copyOf(task.process.tasks)) {
      if (other != task) {
        remove(other, 0, false);
      }
    }
  }

  private void remove(Task task, int waitStatus, boolean last) {
    Process process = task.process;
    task.dead = true;
    if (task.parked) {
      task.parked = false;
      task.wait.end();
      task.wait.interrupted().run();
    }
    task.callFiles.end();
    releaseLocks(task);
    kernel.piFutexes.ended(task);
    if (task.clearChildId != 0 && (process.tasks.size() > 1 || process.memory.users > 1)) {
      clearId(task);
    }
    process.pastInstructions += task.instructions;
    process.pastSystemTime += task.systemTime;
    process.tasks.remove(task);
    kernel.forget(task);
    kernel.tracer.ended(task, waitStatus, last);
  }

  private void clearId(Task task) {
    try {
      task.cpu.memory.store32(task.clearChildId, 0);
      kernel.futexes.wake(Futexes.key(task.cpu.memory, task.clearChildId), 1, ALL_BITS);
    } catch (MemoryFault e) {
      task.clearChildId = 0; // the guest has unmapped the address
    }
  }

  /** Marks the robust futexes that the thread holds as left by a dead owner (set_robust_list). */
  public void releaseLocks(Task task) {
    if (task.robustList == 0) {
      return;
    }
    var memory = task.cpu.memory;
    try {
      long offset = memory.load64(task.robustList + 8);
      long entry = memory.load64(task.robustList);
      for (int i = 0; i < MOST_ROBUST && entry != task.robustList; i++) {
        long word = (entry & ~1L) + offset;
        int value = (int) memory.load32(word);
        if ((value & FUTEX_TID) == task.id) {
          memory.store32(word, value & FUTEX_WAITERS | FUTEX_OWNER_DIED);
          kernel.futexes.wake(Futexes.key(memory, word), 1, ALL_BITS);
        }
        entry = memory.load64(entry & ~1L);
      }
    } catch (MemoryFault e) {
      task.robustList = 0; // the guest's list leads nowhere
    }
  }

  /**
   * Ends a process.
   *
   * @param waitStatus as {@link WaitStatus} has it
   */
  public void process(Process process, int waitStatus) {
    if (process.isZombie()) {
      return;
    }
    for (Task task : List.copyOf(process.tasks)) {
      remove(task, waitStatus, true);
    }
    kernel.tracer.forget(process);
    process.status = waitStatus;
    process.stopped = false;
    kernel.tracer.processEnded(process);
    process.timerAt = 0;
    process.timers.clear();
    process.virtualTimer.at = 0;
    process.profilingTimer.at = 0;
    process.vforkParent = null;
    process.files.release();
    kernel.release(process.memory);
    List<Process> children = List.copyOf(process.children);
    children.forEach(this::orphan);
    process.children.clear();
    process.whoAwaitsEnd.changed(Flags.POLLIN | Flags.POLLRDNORM);
    kernel.jobs.ended(process, children);
    kernel.ipc.ended(process, process.id, kernel.clock.realtime() / 1_000_000_000L);
    tellParent(process);
  }

  private void orphan(Process child) {
    if (child.deathSignal != 0 && !child.isZombie()) {
      kernel.signals.send(
          child,
          SigInfo.from(
              child.deathSignal,
              Signals.SI_USER,
              child.parent.id,
              child.parent.identity.user().real()));
    }
    Process reaper = child.parent.parent;
    while (reaper != null && (reaper.isZombie() || !reaper.reapsOrphans)) {
      reaper = reaper.parent;
    }
    child.parent = reaper;
    if (reaper != null) {
      reaper.children.add(child);
      if (child.isZombie()) {
        tellParent(child);
      }
    } else if (child.isZombie()) {
      forget(child);
    }
  }

  /** Tells a process's parent of its end, unless a tracer is to see that first. */
  void tellParent(Process process) {
    if (process.endHeld) {
      return;
    }
    Process parent = process.parent;
    if (parent == null) {
      if (process != kernel.first) {
        forget(process);
      }
      return;
    }
    SignalActions.Action action = parent.actions.get(Signals.SIGCHLD);
    boolean unwanted =
        process.exitSignal == Signals.SIGCHLD
            && (action.handler() == SignalActions.SIG_IGN
                || action.has(SignalActions.SA_NOCLDWAIT));
    if (process.exitSignal != 0) {
      kernel.signals.send(
          parent,
          SigInfo.child(
              process.exitSignal, process.status, process.id, process.identity.user().real()));
    }
    if (unwanted) {
      reap(process);
    }
  }

  /** Forgets a process that has ended, after its parent has seen the status. */
  public void reap(Process process) {
    if (process.parent != null) {
      process.parent.childInstructions += process.instructions() + process.childInstructions;
      process.parent.childSystemTime += process.systemTime() + process.childSystemTime;
      process.parent.children.remove(process);
    }
    forget(process);
  }

  private void forget(Process process) {
    process.reaped = true;
    kernel.processes.remove(process.id);
    process.whoAwaitsEnd.changed(Flags.POLLHUP);
  }
}
