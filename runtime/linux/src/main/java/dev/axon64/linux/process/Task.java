package dev.axon64.linux.process;

import dev.axon64.linux.identity.Identity;
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

  /** The open files that its call is about. */
  public final CallFiles callFiles = new CallFiles();

  /** Whether its call is made again because the deadline has passed. */
  public boolean timedOut;

  /** Whether it waits for {@link #wait} and executes nothing. */
  public boolean parked;

  public boolean dead;
  public String name;

  /** Whom it acts for; {@link #become} changes it. */
  public Identity identity;

  /** How it is scheduled. */
  public Scheduling scheduling = Scheduling.NORMAL;

  /** The persona that its program asked for (personality). */
  public int persona;

  /** Whether calls take pointers of it that have a tag in their top byte. */
  public boolean tagsPointers;

  /** How late its timers may be, in nanoseconds; kept, and without effect. */
  public long timerSlack = 50_000;

  /** Nanoseconds that its system calls count for. */
  public long systemTime;

  /** How another thread traces it; null if none does. */
  public Tracing tracing;

  /** What it does first, once it is not traced any more; null for nothing. */
  Runnable afterTracing;

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
    this.identity = process.identity;
  }

  /** Whether it executes nothing because its process or its tracer has stopped it. */
  public boolean isHeld() {
    return tracing == null ? process.stopped : tracing.isStopped();
  }

  /** Whether it has something to finish that a stop for its tracer came between. */
  public boolean hasToResume() {
    return tracing == null ? afterTracing != null : tracing.then != null;
  }

  /** Its CPU time in nanoseconds: one for each instruction, and that of its system calls. */
  public long cpuTime() {
    return instructions + systemTime;
  }

  /** Gives it another name, and its process if it is the first thread. */
  public void rename(String next) {
    name = next;
    if (process.leader() == this) {
      process.name = next;
    }
  }

  /** Makes it act for somebody else; what others may do to its process follows from that. */
  public void become(Identity next) {
    if (next.differsInRights(identity)) {
      process.dumpable = false;
      process.deathSignal = 0;
    }
    identity = next;
    if (process.leader() == null || process.leader() == this) {
      process.identity = next;
    }
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
