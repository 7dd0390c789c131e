package dev.axon64.linux.process;

import dev.axon64.linux.abi.Signals;
import dev.axon64.linux.process.Tracing.Mode;
import dev.axon64.linux.process.Tracing.Place;
import dev.axon64.linux.signal.SigInfo;

/** Stops traced threads at their calls, at what calls do, and after single instructions. */
public final class TracedCalls {
  /** The events that a call may cause; each has a PTRACE_O_ flag, the bit of its number. */
  public static final int FORK = 1;

  public static final int VFORK = 2;
  public static final int CLONE = 3;
  private static final int EXEC = 4;
  private static final int VFORK_DONE = 5;
  private static final int EXIT = 6;

  /** The option that stops at calls are marked (PTRACE_O_TRACESYSGOOD), and their mark. */
  private static final long MARK = 1;

  private static final int MARKED = 0x80;
  private static final int TRAP_TRACE = 2;
  private static final int NUMBER = 8;

  /** The register that says, while a thread is stopped at a call, on which side of it. */
  private static final int SIDE = 7;

  private static final int NO_CALL = -1;

  /** What a call returns, to the tracer only, that begins anew if the signal lets it. */
  private static final long RESTART = -512;

  private static final long RESTART_WITHOUT_HANDLER = -514;

  private final Kernel kernel;
  private final Tracer tracer;

  TracedCalls(Kernel kernel, Tracer tracer) {
    this.kernel = kernel;
    this.tracer = tracer;
  }

  private void stopForEvent(Task task, int event, Runnable then) {
    int code = Signals.SIGTRAP | event << 8;
    tracer.stop(task, code, tracer.trap(task, code), Place.ELSEWHERE, then);
  }

  /**
   * Stops a thread whose tracer wants to see its calls before it makes one.
   *
   * @param call makes the call
   * @return whether the call is made, or left out, later
   */
  public boolean beforeCall(Task task, Runnable call) {
    Tracing tracing = task.tracing;
    if (tracing == null || tracing.mode != Mode.TO_CALL && tracing.mode != Mode.WITHOUT_CALL) {
      return false;
    }
    boolean without = tracing.mode == Mode.WITHOUT_CALL;
    stopAtCall(task, Place.BEFORE_CALL, () -> make(task, without ? () -> {} : call));
    return true;
  }

  private void make(Task task, Runnable call) {
    Tracing tracing = task.tracing;
    Integer number = tracing == null ? null : tracing.callNumber;
    if (number == null) {
      call.run();
    } else if (number != NO_CALL) {
      long old = task.cpu.x[NUMBER];
      tracing.callNumber = null;
      task.cpu.x[NUMBER] = number;
      call.run();
      if (!task.parked) { // one that waits is made again by its number
        task.cpu.x[NUMBER] = old;
      }
    } else {
      tracing.callNumber = null;
      afterCall(task);
    }
  }

  private void stopAtCall(Task task, Place place, Runnable then) {
    Tracing tracing = task.tracing;
    int code = tracing.has(MARK) ? Signals.SIGTRAP | MARKED : Signals.SIGTRAP;
    long old = task.cpu.x[SIDE];
    task.cpu.x[SIDE] = place == Place.BEFORE_CALL ? 0 : 1;
    tracing.inCall = place == Place.BEFORE_CALL;
    tracer.stop(
        task,
        code,
        tracer.trap(task, code),
        place,
        () -> {
          task.cpu.x[SIDE] = old;
          takeSignal(task, tracing);
          then.run();
        });
  }

  /** A signal that a tracer gives a thread that did not stop for one. */
  private void takeSignal(Task task, Tracing tracing) {
    if (tracing.info != null) {
      task.pending.add(tracing.info);
      tracing.info = null;
    }
  }

  /** A call has been made, or waits; stops the thread if its tracer wants to see that. */
  public void afterCall(Task task) {
    Tracing tracing = task.tracing;
    if (tracing == null || task.dead || tracing.isStopped()) {
      return;
    }
    if (tracing.event != 0) {
      int event = tracing.event;
      tracing.event = 0;
      stopForEvent(
          task,
          event,
          () -> {
            takeSignal(task, tracing);
            afterCall(task);
          });
    } else if (!task.parked && tracing.mode == Mode.TO_CALL) {
      stopAtCall(task, Place.AFTER_CALL, () -> {});
    } else if (!task.parked && tracing.mode == Mode.ONE_STEP) {
      stepped(task);
    }
  }

  /** A thread has executed an instruction; stops it if its tracer lets it do no more. */
  public void stepped(Task task) {
    if (isStepped(task)) {
      kernel.signals.force(task, SigInfo.fault(Signals.SIGTRAP, TRAP_TRACE, task.cpu.pc));
    }
  }

  /** Whether a thread executes one instruction at a time. */
  public boolean isStepped(Task task) {
    return task.tracing != null && task.tracing.mode == Mode.ONE_STEP;
  }

  /**
   * A signal interrupts the call that a thread waits in, whose tracer wants to see that before.
   *
   * @return whether the thread has stopped
   */
  boolean interrupted(Task task) {
    Tracing tracing = task.tracing;
    if (!task.parked || !tracing.inCall || tracing.mode != Mode.TO_CALL || tracing.hidden != null) {
      return false;
    }
    tracing.hidden = task.cpu.x[0];
    task.cpu.x[0] = task.wait.restart() ? RESTART : RESTART_WITHOUT_HANDLER;
    stopAtCall(task, Place.AFTER_CALL, () -> {});
    return true;
  }

  /** Shows a thread's own X0 again. */
  void uncover(Task task) {
    Tracing tracing = task.tracing;
    if (tracing != null && tracing.hidden != null) {
      task.cpu.x[0] = tracing.hidden;
      tracing.hidden = null;
    }
  }

  /** No handler interrupts the call of a thread: it is begun anew, as the tracer sees it. */
  void goesOnWaiting(Task task) {
    Tracing tracing = task.tracing;
    if (tracing != null && tracing.hidden != null) {
      uncover(task);
      if (task.parked && tracing.mode == Mode.TO_CALL) {
        stopAtCall(task, Place.BEFORE_CALL, () -> {});
      }
    }
  }

  /**
   * A thread has made another one, which its tracer may want to trace, too.
   *
   * @param event how it made it, FORK and so on
   */
  public void cloned(Task task, Task child, int event) {
    Tracing tracing = task.tracing;
    if (tracing == null || !tracing.has(1L << event)) {
      return;
    }
    tracing.event = event;
    tracing.message = child.id;
    tracer.attach(child, tracing.tracer, tracing.seized, tracing.options);
    if (tracing.seized) {
      tracer.stopWithProcess(child, Signals.SIGTRAP);
    }
  }

  /** A child that borrowed its parent's memory has given it back. */
  public void vforkDone(Task task, int child) {
    Tracing tracing = task.tracing;
    if (tracing != null && tracing.has(1L << VFORK_DONE)) {
      tracing.event = VFORK_DONE;
      tracing.message = child;
    }
  }

  /**
   * A thread runs another program.
   *
   * @param oldId its number before
   */
  public void executed(Task task, int oldId) {
    Tracing tracing = task.tracing;
    if (tracing == null) {
      return;
    }
    if (tracing.has(1L << EXEC)) {
      tracing.event = EXEC;
      tracing.message = oldId;
    } else if (!tracing.seized) {
      kernel.signals.raise(task, Signals.SIGTRAP);
    }
  }

  /**
   * A thread is about to end.
   *
   * @param end ends it; done at once, or when the tracer lets it
   */
  public void exiting(Task task, int waitStatus, Runnable end) {
    Tracing tracing = task.tracing;
    if (tracing == null || !tracing.has((1L << EXIT))) {
      end.run();
      return;
    }
    tracing.options &= ~(1L << EXIT);
    tracing.message = waitStatus;
    stopForEvent(task, EXIT, end);
  }
}
