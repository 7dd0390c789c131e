package dev.axon64.linux.process;

import dev.axon64.linux.abi.Signals;
import dev.axon64.linux.abi.WaitStatus;
import dev.axon64.linux.process.Tracing.Mode;
import dev.axon64.linux.process.Tracing.Place;
import dev.axon64.linux.signal.SigInfo;
import dev.axon64.linux.signal.SignalActions;
import java.util.List;
import java.util.function.Consumer;

/** Traces threads for others: attaches them, stops them, and lets them go on (ptrace(2)). */
public final class Tracer {
  private static final long EXIT_KILL = 1 << 20;

  /** The event of a stop that comes from no call. */
  private static final int STOP = 128;

  private final Kernel kernel;

  Tracer(Kernel kernel) {
    this.kernel = kernel;
  }

  /**
   * Begins to trace a thread.
   *
   * @param seized whether it goes on meanwhile
   */
  public void attach(Task task, Task tracer, boolean seized, long options) {
    task.tracing = new Tracing(tracer, seized, options);
    tracer.process.tracees.add(task);
    Process process = task.process;
    if (process.stopped) {
      stopWithProcess(task, process.stopSignal);
    } else if (!seized) {
      kernel.signals.send(task, SigInfo.from(Signals.SIGSTOP, Signals.SI_KERNEL, 0, 0));
    }
  }

  /** A thread lets another one trace it (PTRACE_TRACEME). */
  public void askedFor(Task task, Task tracer) {
    task.tracing = new Tracing(tracer, false, 0);
    tracer.process.tracees.add(task);
  }

  /** Ends the tracing of a thread, which goes on and takes a signal; 0 for none. */
  public void detach(Task task, int signal) {
    Tracing tracing = task.tracing;
    if (tracing.isStopped()) {
      goOn(task, Mode.RUN, signal);
      if (tracing.then != null) {
        task.afterTracing = tracing.then;
      }
    }
    tracing.tracer.process.tracees.remove(task);
    task.tracing = null;
  }

  /**
   * Stops a thread until its tracer lets it go on.
   *
   * @param code as PTRACE_GETSIGINFO and the upper half of a wait status have it
   */
  void stop(Task task, int code, SigInfo info, Place place, Runnable then) {
    Tracing tracing = task.tracing;
    tracing.status = WaitStatus.stopped(code);
    tracing.told = false;
    tracing.listens = false;
    tracing.info = info;
    tracing.place = place;
    tracing.then = then;
    Process parent = tracing.tracer.process;
    boolean wanted = !parent.actions.get(Signals.SIGCHLD).has(SignalActions.SA_NOCLDSTOP);
    if (wanted) {
      kernel.signals.send(parent, SigInfo.trapped(code & 0x7f, task.id, user(task)));
    }
  }

  static int user(Task task) {
    return task.identity.user().real();
  }

  SigInfo trap(Task task, int code) {
    return SigInfo.from(Signals.SIGTRAP, code, task.id, user(task));
  }

  /**
   * Lets a stopped thread go on.
   *
   * @param signal that it takes; 0 for none
   */
  public void goOn(Task task, Mode mode, int signal) {
    Tracing tracing = task.tracing;
    boolean atSignal = tracing.place == Place.ELSEWHERE && tracing.info != null;
    SigInfo info = tracing.info;
    tracing.status = 0;
    tracing.listens = false;
    tracing.mode = mode;
    if (signal == 0) {
      tracing.info = null;
    } else if (atSignal && info.signal() == signal) {
      tracing.info = info;
    } else {
      tracing.info =
          SigInfo.from(signal, Signals.SI_USER, tracing.tracer.process.id, user(tracing.tracer));
    }
    stopIfContinued(task);
  }

  /** Lets a thread that stopped with its process wait there for SIGCONT. */
  public void listen(Task task) {
    task.tracing.listens = true;
    stopIfContinued(task);
  }

  /** Stops a thread at once (PTRACE_INTERRUPT). */
  public void interrupt(Task task) {
    if (!task.tracing.isStopped()) {
      Process process = task.process;
      stopWithProcess(task, process.stopped ? process.stopSignal : Signals.SIGTRAP);
    }
  }

  void stopWithProcess(Task task, int signal) {
    if (task.tracing.seized) {
      int code = signal | STOP << 8;
      SigInfo info = SigInfo.from(Signals.SIGTRAP, code, task.id, user(task));
      stop(task, code, info, Place.WITH_PROCESS, task.tracing.then);
    } else {
      stop(task, signal, null, Place.WITH_PROCESS, task.tracing.then);
    }
  }

  /** The process of traced threads has been stopped by a signal. */
  void stopped(Process process, int signal) {
    for (Task task : process.tasks) {
      if (task.tracing != null && !task.tracing.isStopped()) {
        stopWithProcess(task, signal);
      }
    }
  }

  /** SIGCONT has come for a process. */
  void continued(Process process) {
    for (Task task : process.tasks) {
      Tracing tracing = task.tracing;
      if (tracing != null && tracing.seized && tracing.isStopped()) {
        tracing.wasContinued = true;
        if (tracing.listens) {
          stopIfContinued(task);
        }
      }
    }
  }

  private void stopIfContinued(Task task) {
    if (task.tracing.wasContinued) {
      task.tracing.wasContinued = false;
      stopWithProcess(task, Signals.SIGTRAP);
    }
  }

  /** SIGKILL ends any stop of a process's threads. */
  void killed(Process process) {
    for (Task task : process.tasks) {
      if (task.tracing != null) {
        task.tracing.status = 0;
        task.tracing.then = null;
      }
    }
  }

  /** Does what a thread was about to do when it stopped; it may stop again. */
  public void resume(Task task) {
    Tracing tracing = task.tracing;
    Runnable then = tracing == null ? task.afterTracing : tracing.then;
    task.afterTracing = null;
    if (tracing != null) {
      tracing.then = null;
      tracing.info = then == null ? null : tracing.info;
    }
    if (then != null) {
      then.run();
    }
  }

  /**
   * Stops a thread for a signal that is about to be delivered.
   *
   * @param deliver what is done with the signal that the tracer lets through
   */
  void signal(Task task, SigInfo info, Consumer<SigInfo> deliver) {
    Tracing tracing = task.tracing;
    stop(
        task,
        info.signal(),
        info,
        Place.ELSEWHERE,
        () -> {
          SigInfo let = tracing.info;
          if (let != null && (task.blocked & Signals.bit(let.signal())) != 0) {
            task.pending.add(let);
          } else if (let != null) {
            deliver.accept(let);
          }
        });
  }

  /**
   * A thread has ended: whoever traced it is told, and those that it traced go on alone.
   *
   * @param waitStatus how it ended
   * @param withProcess whether its process ends with it
   */
  void ended(Task task, int waitStatus, boolean withProcess) {
    Tracing tracing = task.tracing;
    if (tracing != null) {
      Process tracer = tracing.tracer.process;
      tracer.tracees.remove(task);
      task.tracing = null;
      boolean leader = task.id == task.process.id;
      if (!tracing.tracer.dead && (!leader || tracer != task.process.parent)) {
        boolean early = leader && !withProcess;
        TracedEnd end = new TracedEnd(task.id, task.process, user(task), waitStatus, early);
        tracer.tracedEnds.add(end);
        task.process.endHeld |= leader;
        if (leader) {
          kernel.signals.send(
              tracer, SigInfo.child(Signals.SIGCHLD, waitStatus, task.id, user(task)));
        }
      }
    }
    for (Task tracee : List.copyOf(task.process.tracees)) {
      if (tracee.tracing.tracer == task) {
        boolean kill = tracee.tracing.has(EXIT_KILL);
        detach(tracee, 0);
        if (kill) {
          kernel.signals.send(
              tracee.process, SigInfo.from(Signals.SIGKILL, Signals.SI_KERNEL, 0, 0));
        }
      }
    }
  }

  /** A process has ended: whoever traced its first thread, which had ended before, is told. */
  void processEnded(Process process) {
    for (Process tracer : kernel.processes.values()) {
      for (TracedEnd end : tracer.tracedEnds) {
        if (end.process() == process && end.early()) {
          kernel.signals.send(
              tracer, SigInfo.child(Signals.SIGCHLD, process.status, process.id, end.user()));
        }
      }
    }
  }

  /** A process has ended, which need not see the ends of traced threads any more. */
  void forget(Process process) {
    List.copyOf(process.tracedEnds).forEach(end -> take(process, end));
  }

  /** A tracer has seen the end of a thread; its parent may see it now. */
  public void take(Process tracer, TracedEnd end) {
    tracer.tracedEnds.remove(end);
    if (end.isOfProcess() && end.process().endHeld) {
      end.process().endHeld = false;
      if (end.process().isZombie()) {
        kernel.end.tellParent(end.process());
      }
    }
  }
}
