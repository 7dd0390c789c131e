package dev.axon64.linux.process;

import dev.axon64.linux.abi.Signals;
import dev.axon64.linux.signal.SigInfo;
import java.util.List;

/** Sends signals; {@link SignalDelivery} brings them to the guest. */
public final class SignalSender {
  static final long STOPS =
      Signals.bit(Signals.SIGSTOP)
          | Signals.bit(Signals.SIGTSTP)
          | Signals.bit(Signals.SIGTTIN)
          | Signals.bit(Signals.SIGTTOU);

  private static final int CONTINUED = 0xffff;
  private static final int CLD_STOPPED = 5;
  private static final int CLD_CONTINUED = 6;

  private final Kernel kernel;

  SignalSender(Kernel kernel) {
    this.kernel = kernel;
  }

  /** Sends to a process, any of whose threads may take it. */
  public boolean send(Process process, SigInfo info) {
    Task leader = process.leader();
    if (leader == null || !prepare(process, leader, info.signal())) {
      return true;
    }
    return process.pending.add(info);
  }

  /** Sends to one thread. */
  public boolean send(Task task, SigInfo info) {
    if (task.dead || !prepare(task.process, task, info.signal())) {
      return true;
    }
    return task.pending.add(info);
  }

  /** Whether the signal must be kept; stops and continues cancel each other here. */
  private boolean prepare(Process process, Task target, int signal) {
    long bit = Signals.bit(signal);
    if (signal == Signals.SIGCONT) {
      drop(process, STOPS);
      resume(process);
    } else if ((bit & STOPS) != 0) {
      drop(process, Signals.bit(Signals.SIGCONT));
    } else if (signal == Signals.SIGKILL) {
      process.stopped = false;
    }
    return (target.blocked & bit) != 0 || !process.actions.ignores(signal);
  }

  private static void drop(Process process, long signals) {
    process.pending.drop(signals);
    process.tasks.forEach(t -> t.pending.drop(signals));
  }

  private void resume(Process process) {
    if (process.stopped) {
      process.stopped = false;
      process.jobStatus = CONTINUED;
      tellParent(process, CLD_CONTINUED, Signals.SIGCONT);
    }
  }

  void stop(Process process, int signal) {
    process.stopped = true;
    process.jobStatus = signal << 8 | 0x7f;
    tellParent(process, CLD_STOPPED, signal);
  }

  private void tellParent(Process process, int code, int signal) {
    Process parent = process.parent;
    if (parent != null && !parent.actions.get(Signals.SIGCHLD).has(SignalActions.SA_NOCLDSTOP)) {
      send(parent, SigInfo.child(Signals.SIGCHLD, code, process.id, process.uid, signal));
    }
  }

  /** A fault: the thread takes it at once, and dies of it if it blocks or ignores it. */
  public void force(Task task, SigInfo info) {
    int signal = info.signal();
    long bit = Signals.bit(signal);
    SignalActions actions = task.process.actions;
    if ((task.blocked & bit) != 0 || actions.get(signal).handler() == SignalActions.SIG_IGN) {
      actions.reset(signal);
      task.blocked &= ~bit;
    }
    task.pending.add(info);
  }

  /** Lets timers ring whose time has come. */
  public void ring() {
    long now = kernel.clock.monotonic();
    for (Process process : List.copyOf(kernel.processes.values())) {
      if (process.timerAt != 0 && now >= process.timerAt) {
        long late = now - process.timerAt;
        long every = process.timerEvery;
        process.timerAt = every == 0 ? 0 : process.timerAt + (late / every + 1) * every;
        send(process, new SigInfo(Signals.SIGALRM, 0, Signals.SI_KERNEL, 0, 0));
      }
    }
  }
}
