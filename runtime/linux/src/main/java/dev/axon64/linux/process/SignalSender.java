package dev.axon64.linux.process;

import dev.axon64.linux.abi.Flags;
import dev.axon64.linux.abi.Signals;
import dev.axon64.linux.abi.WaitStatus;
import dev.axon64.linux.signal.SigInfo;
import dev.axon64.linux.signal.SignalActions;
import java.util.List;

/** Sends signals to processes and threads, where {@link SignalDelivery} finds them. */
public final class SignalSender {
  static final long STOPS =
      Signals.bit(Signals.SIGSTOP)
          | Signals.bit(Signals.SIGTSTP)
          | Signals.bit(Signals.SIGTTIN)
          | Signals.bit(Signals.SIGTTOU);

  private static final int ARRIVAL = Flags.POLLIN | Flags.POLLRDNORM;

  private final Kernel kernel;

  SignalSender(Kernel kernel) {
    this.kernel = kernel;
  }

  /**
   * Sends a signal to a process, any of whose threads may take it.
   *
   * @return false if a real-time signal finds no room
   */
  public boolean send(Process process, SigInfo info) {
    Task leader = process.leader();
    if (leader == null || !prepare(process, leader, info.signal())) {
      return true;
    }
    boolean room = process.pending.add(info);
    process.whoAwaitsSignals.changed(ARRIVAL);
    return room;
  }

  /**
   * Sends a signal to one thread.
   *
   * @return false if a real-time signal finds no room
   */
  public boolean send(Task task, SigInfo info) {
    if (task.dead || !prepare(task.process, task, info.signal())) {
      return true;
    }
    boolean room = task.pending.add(info);
    task.process.whoAwaitsSignals.changed(ARRIVAL);
    return room;
  }

  /** Whether the signal must be kept; stops and continues cancel each other here. */
  private boolean prepare(Process process, Task target, int signal) {
    long bit = Signals.bit(signal);
    if (signal == Signals.SIGCONT) {
      drop(process, STOPS);
      resume(process);
      kernel.tracer.continued(process);
    } else if ((bit & STOPS) != 0) {
      drop(process, Signals.bit(Signals.SIGCONT));
    } else if (signal == Signals.SIGKILL) {
      process.stopped = false;
      kernel.tracer.killed(process);
    }
    boolean traced = target.tracing != null && signal != Signals.SIGKILL;
    return traced || (target.blocked & bit) != 0 || !process.actions.ignores(signal);
  }

  private static void drop(Process process, long signals) {
    process.pending.drop(signals);
    process.tasks.forEach(t -> t.pending.drop(signals));
  }

  private void resume(Process process) {
    if (process.stopped) {
      process.stopped = false;
      tellParent(process, WaitStatus.CONTINUED);
    }
  }

  void stop(Process process, int signal) {
    process.stopped = true;
    process.stopSignal = signal;
    boolean tracedByParent =
        process.tasks.stream()
            .anyMatch(t -> t.tracing != null && t.tracing.tracer.process == process.parent);
    if (!tracedByParent) {
      tellParent(process, WaitStatus.stopped(signal));
    }
    kernel.tracer.stopped(process, signal);
  }

  private void tellParent(Process process, int waitStatus) {
    process.jobStatus = waitStatus;
    Process parent = process.parent;
    if (parent != null && !parent.actions.get(Signals.SIGCHLD).has(SignalActions.SA_NOCLDSTOP)) {
      send(
          parent,
          SigInfo.child(Signals.SIGCHLD, waitStatus, process.id, process.identity.user().real()));
    }
  }

  /** Sends a thread a signal that its own call has caused. */
  public void raise(Task task, int signal) {
    send(task, SigInfo.from(signal, Signals.SI_USER, task.process.id, task.identity.user().real()));
  }

  /** Sends a fault, which the thread takes at once; it dies if it blocks or ignores the signal. */
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

  /** Sends the signals of timers that have expired, and of limits on CPU time. */
  public void expireTimers() {
    long now = kernel.clock.monotonic();
    for (Process process : List.copyOf(kernel.processes.values())) {
      if (process.isZombie()) {
        continue;
      }
      if (process.timerAt != 0 && now >= process.timerAt) {
        long late = now - process.timerAt;
        long every = process.timerEvery;
        process.timerAt = every == 0 ? 0 : process.timerAt + (late / every + 1) * every;
        sendByKernel(process, Signals.SIGALRM);
      }
      if (process.virtualTimer.at != 0 && process.virtualTimer.expires(process.instructions())) {
        sendByKernel(process, Signals.SIGVTALRM);
      }
      if (process.profilingTimer.at != 0 && process.profilingTimer.expires(process.cpuTime())) {
        sendByKernel(process, Signals.SIGPROF);
      }
      long[] most = process.limits.get(ResourceLimits.CPU);
      if (most != null) {
        checkCpuTime(process, most);
      }
    }
  }

  private void sendByKernel(Process process, int signal) {
    send(process, new SigInfo(signal, 0, Signals.SI_KERNEL, 0, 0));
  }

  /** Sends SIGXCPU each second from the soft limit on, and SIGKILL at the hard one. */
  private void checkCpuTime(Process process, long[] most) {
    long used = process.cpuTime() / 1_000_000_000;
    if (Long.compareUnsigned(used, most[1]) >= 0) {
      sendByKernel(process, Signals.SIGKILL);
    } else if (Long.compareUnsigned(used, Math.max(most[0], 1)) >= 0
        && used >= process.cpuLimitNext) {
      process.cpuLimitNext = used + 1;
      sendByKernel(process, Signals.SIGXCPU);
    }
  }
}
