package dev.axon64.linux.process;

import dev.axon64.linux.abi.Layout;
import dev.axon64.linux.abi.Signals;
import dev.axon64.linux.signal.AltStack;
import dev.axon64.linux.signal.SigInfo;
import dev.axon64.linux.signal.SignalActions;
import dev.axon64.linux.signal.SignalFrame;
import dev.axon64.linux.signal.SignalQueue;
import dev.axon64.machine.memory.MemoryFault;
import dev.axon64.machine.state.CpuState;
import java.util.function.BiConsumer;

/** Delivers pending signals to a thread that is about to go on, or is parked. */
public final class SignalDelivery {
  private final Kernel kernel;
  private final BiConsumer<Task, SigInfo> fatal;

  /**
   * Delivers signals within a kernel.
   *
   * @param fatal told of a signal that is about to end a process, whose memory is still there
   */
  public SignalDelivery(Kernel kernel, BiConsumer<Task, SigInfo> fatal) {
    this.kernel = kernel;
    this.fatal = fatal;
  }

  /** Delivers all signals that are not blocked. The thread may be dead or stopped afterwards. */
  public void deliver(Task task) {
    while (!task.dead && !task.isHeld()) {
      long set = task.deliverable();
      if (set == 0) {
        break;
      }
      long own = set & task.pending.set();
      int signal = SignalQueue.first(own != 0 ? own : set);
      boolean traced = task.tracing != null && signal != Signals.SIGKILL;
      if (traced && kernel.tracedCalls.interrupted(task)) {
        return;
      }
      SigInfo info = (own != 0 ? task.pending : task.process.pending).take(signal);
      if (traced) {
        kernel.tracer.signal(task, info, let -> deliver(task, let));
        return;
      }
      deliver(task, info);
    }
    if (!task.dead && !task.isHeld()) {
      kernel.tracedCalls.goesOnWaiting(task);
    }
    if (!task.parked && task.savedMask != null) {
      task.blocked = task.savedMask;
      task.savedMask = null;
    }
  }

  private void deliver(Task task, SigInfo info) {
    int signal = info.signal();
    SignalActions.Action action = task.process.actions.get(signal);
    if (action.handler() == SignalActions.SIG_IGN) {
      return;
    }
    if (action.handler() != SignalActions.SIG_DFL) {
      interrupt(task, action.has(SignalActions.SA_RESTART));
      enter(task, info, action);
      return;
    }
    switch (Signals.standard(signal)) {
      case IGNORE, CONTINUE -> {}
      case STOP -> kernel.signals.stop(task.process, signal);
      case TERMINATE, CORE -> {
        fatal.accept(task, info);
        kernel.tracedCalls.exiting(task, signal, () -> kernel.end.process(task.process, signal));
      }
    }
  }

  /**
   * Ends the call of a parked thread, which is made again after the handler or fails with EINTR.
   */
  private void interrupt(Task task, boolean restart) {
    kernel.tracedCalls.uncover(task);
    if (!task.parked) {
      return;
    }
    Wait wait = task.wait;
    task.parked = false;
    task.wait = null;
    task.timedOut = false;
    wait.end();
    wait.interrupted().run();
    task.callFiles.end();
    if (wait.restart() && restart) {
      task.cpu.pc -= 4;
    } else {
      task.cpu.x[0] = wait.whenEnded();
    }
  }

  private void enter(Task task, SigInfo info, SignalActions.Action action) {
    int signal = info.signal();
    SigInfo told = action.has(SignalActions.SA_EXPOSE_TAGBITS) ? info : info.withoutTag();
    boolean onStack =
        action.has(SignalActions.SA_ONSTACK)
            && task.altStack.isEnabled()
            && !task.altStack.contains(task.cpu.x[CpuState.SP]);
    long restorer = action.has(SignalActions.SA_RESTORER) ? action.restorer() : Layout.TRAMPOLINE;
    long mask = task.savedMask != null ? task.savedMask : task.blocked;
    boolean fault = info.code() > 0 && task.faultSyndrome != 0;
    try {
      SignalFrame.enter(
          task.cpu,
          new SignalFrame.Entry(action.handler(), restorer, told, mask, task.altStack, onStack),
          fault ? task.faultAddress : 0,
          fault ? task.faultSyndrome : 0);
    } catch (MemoryFault noStack) {
      if (signal == Signals.SIGSEGV) {
        task.process.actions.reset(signal);
      }
      kernel.signals.force(task, SigInfo.fault(Signals.SIGSEGV, Signals.SI_KERNEL, 0));
      return;
    }
    task.faultSyndrome = 0;
    task.savedMask = null;
    task.blocked |= action.mask();
    if (!action.has(SignalActions.SA_NODEFER)) {
      task.blocked |= Signals.bit(signal);
    }
    task.blocked &= ~Signals.UNBLOCKABLE;
    if (action.has(SignalActions.SA_RESETHAND)) {
      task.process.actions.spend(signal);
    }
    if (onStack && (task.altStack.flags() & AltStack.SS_AUTODISARM) != 0) {
      task.altStack = AltStack.NONE;
    }
  }
}
