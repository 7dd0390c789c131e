package dev.axon64.linux.process;

import dev.axon64.linux.signal.AltStack;
import dev.axon64.linux.signal.SignalQueue;
import dev.axon64.machine.state.CpuState;

/** One thread of the guest. */
public final class Task {
  /** Bytes of a name, as in Linux. */
  public static final int LONGEST_NAME = 15;

  /** Its number; execve gives a thread the number of its process. */
  public int id;

  public final Process process;
  public final CpuState cpu;
  public final SignalQueue pending = new SignalQueue();

  /** The set of blocked signals. */
  public long blocked;

  /**
   * The blocked signals after the current call, if a call such as rt_sigsuspend has changed them.
   */
  public Long savedMask;

  public AltStack altStack = AltStack.NONE;
  public long clearChildId;
  public long robustList;
  public long rseq;

  /** What it waits for, while it is parked and while its call is made again; otherwise null. */
  public Wait wait;

  /** Whether its call is made again because the deadline has passed. */
  public boolean timedOut;

  /** Whether it waits for {@link #wait} and executes nothing. */
  public boolean parked;

  public boolean dead;
  public String name;

  /** The address of the last fault, for the signal's frame. */
  public long faultAddress;

  /** The ESR_EL1 of the last fault, for the signal's frame; 0 after it was delivered. */
  public long faultSyndrome;

  /** Instructions it has executed. */
  public long instructions;

  public Task(int id, Process process, CpuState cpu) {
    this.id = id;
    this.process = process;
    this.cpu = cpu;
    this.name = process.name;
  }

  /**
   * Parks the thread, whose call is made again later.
   *
   * @return for the call to throw
   */
  public Wait.Parked park(Wait next) {
    wait = next;
    parked = true;
    return Wait.Parked.ONLY;
  }

  /** The set of signals that could be delivered now. */
  public long deliverable() {
    return (pending.set() | process.pending.set()) & ~blocked;
  }
}
