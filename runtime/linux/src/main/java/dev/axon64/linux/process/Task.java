package dev.axon64.linux.process;

import dev.axon64.linux.signal.AltStack;
import dev.axon64.machine.state.CpuState;

/** One thread of the guest. */
public final class Task {
  /** Its number; exec gives a thread that of its process. */
  public int id;

  public final Process process;
  public final CpuState cpu;
  public final SignalQueue pending = new SignalQueue();

  /** Blocked signals. */
  public long blocked;

  /** The mask to go back to after a handler, if a call such as sigsuspend has set another. */
  public Long savedMask;

  public AltStack altStack = AltStack.NONE;
  public long clearChildId;
  public long robustList;
  public long rseq;

  /** What it waits for; not null while it is parked and while its call is made again. */
  public Wait wait;

  /** Whether its call is made again because the time has come. */
  public boolean timedOut;

  /** Parked in {@link #wait}. */
  public boolean parked;

  public boolean dead;
  public String name;

  /** Set when a fault signal is delivered: for the frame. */
  public long faultAddress;

  public long faultSyndrome;

  /** Instructions it has executed. */
  public long instructions;

  public Task(int id, Process process, CpuState cpu) {
    this.id = id;
    this.process = process;
    this.cpu = cpu;
    this.name = process.name;
  }

  /** Parks the thread; the call is made again later. Never returns. */
  public Wait.Parked park(Wait next) {
    wait = next;
    parked = true;
    return Wait.Parked.ONLY;
  }

  /** Signals that could be delivered now. */
  public long deliverable() {
    return (pending.set() | process.pending.set()) & ~blocked;
  }
}
