package dev.axon64.linux.process;

import dev.axon64.linux.fs.Node;
import dev.axon64.linux.fs.Watchers;
import dev.axon64.linux.identity.Capabilities;
import dev.axon64.linux.identity.Identity;
import dev.axon64.linux.signal.SignalActions;
import dev.axon64.linux.signal.SignalQueue;
import dev.axon64.linux.terminal.Terminal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A process of the guest: threads that share memory, signal actions and a parent. */
public final class Process {
  public final int id;
  public Process parent;
  public final List<Process> children = new ArrayList<>();
  public final List<Task> tasks = new ArrayList<>();
  public int group;
  public int session;

  /** The terminal that controls its session; null for none. */
  public Terminal terminal;

  public ProcessMemory memory;
  public FileTable files;
  public FileView view;
  public SignalActions actions;
  public final SignalQueue pending = new SignalQueue();

  /** Who is told of signals that come for it or one of its threads. */
  public final Watchers whoAwaitsSignals = new Watchers();

  /** Who is told of its end. */
  public final Watchers whoAwaitsEnd = new Watchers();

  /** The timers that it has made (timer_create). */
  public final PosixTimers timers = new PosixTimers();

  /** The signal that its parent gets when it ends; 0 for none. */
  public int exitSignal;

  /** Its name, as in /proc/self/comm. */
  public String name = "";

  public String executablePath = "";
  public Node executable;

  /** Its wait status after its end; -1 before. */
  public int status = -1;

  /** The thread that waits until this process runs another program or ends (vfork); or null. */
  public Task vforkParent;

  public boolean stopped;

  /** The signal that stopped it last. */
  public int stopSignal;

  /** The thread that made it; null for the first process. */
  public Task maker;

  /** The threads that its threads trace. */
  public final List<Task> tracees = new ArrayList<>();

  /** The ends of traced threads that its threads have not seen yet. */
  public final List<TracedEnd> tracedEnds = new ArrayList<>();

  /** Whether its parent sees its end only after a tracer has. */
  public boolean endHeld;

  /** The wait status of a stop or continuation that the parent has not seen yet; or -1. */
  public int jobStatus = -1;

  /** When ITIMER_REAL expires next, in monotonic nanoseconds; 0 if it is not set. */
  public long timerAt;

  /** Nanoseconds between further expirations of ITIMER_REAL; 0 for none. */
  public long timerEvery;

  /** The signal that it gets when its parent ends; 0 for none. */
  public int deathSignal;

  /** Whether orphans among its descendants become its children. */
  public boolean reapsOrphans;

  /** What the killer of processes that take too much memory would add for it; kept only. */
  public int killScore;

  /** Whether it could be dumped and traced, as it was told. */
  public boolean dumpable = true;

  /** Whom its first thread acts for, or acted for when it ended. */
  public Identity identity = Identity.of(0, 0);

  public int fileMode;

  /** Whether it runs another program than the one that it was made with. */
  public boolean hasExecuted;

  /** The timers of its CPU time: ITIMER_VIRTUAL and ITIMER_PROF. */
  public final CpuTimer virtualTimer = new CpuTimer();

  public final CpuTimer profilingTimer = new CpuTimer();

  /** CPU seconds at which RLIMIT_CPU sends its next signal; 0 for the limit itself. */
  public long cpuLimitNext;

  /** Limits that the guest has lowered: soft and hard limit by RLIMIT_ number. */
  public final Map<Integer, long[]> limits = new TreeMap<>();

  /** When it began, in monotonic nanoseconds. */
  public final long started;

  /** Instructions of its threads that have ended. */
  public long pastInstructions;

  /** Instructions of its children that were waited for. */
  public long childInstructions;

  /** Nanoseconds of system calls of its threads that have ended. */
  public long pastSystemTime;

  /** Nanoseconds of system calls of its children that were waited for. */
  public long childSystemTime;

  public Process(int id, Process parent, long started) {
    this.id = id;
    this.parent = parent;
    this.started = started;
  }

  /** Whether its parent has seen its end, so that its number is free. */
  public boolean reaped;

  public boolean isZombie() {
    return status >= 0;
  }

  /** The first thread, or null after all have ended. */
  public Task leader() {
    return tasks.isEmpty() ? null : tasks.getFirst();
  }

  /** Instructions that its threads have executed, ended ones included. */
  public long instructions() {
    return pastInstructions + tasks.stream().mapToLong(t -> t.instructions).sum();
  }

  /** Whether somebody may look into its memory and its files (ptrace(2)). */
  public boolean isOpenTo(Identity who) {
    int user = who.user().file();
    int group = who.group().file();
    boolean same =
        user == identity.user().real()
            && user == identity.user().effective()
            && user == identity.user().saved()
            && group == identity.group().real()
            && group == identity.group().effective()
            && group == identity.group().saved();
    long more = identity.capabilities().permitted() & ~who.capabilities().permitted();
    return who.can(Capabilities.SYS_PTRACE) || same && dumpable && more == 0;
  }

  /** Nanoseconds that the system calls of its threads count for, ended ones included. */
  public long systemTime() {
    return pastSystemTime + tasks.stream().mapToLong(t -> t.systemTime).sum();
  }

  /** Its CPU time in nanoseconds. */
  public long cpuTime() {
    return instructions() + systemTime();
  }

  public int parentId() {
    return parent == null ? 1 : parent.id;
  }

  /**
   * A child that is like this process. Memory, files, view and actions are the caller's to share or
   * to copy.
   *
   * @param childParent this process, or its own parent
   * @param now monotonic nanoseconds
   */
  public Process fork(int childId, Process childParent, long now) {
    Process child = new Process(childId, childParent, now);
    child.group = group;
    child.session = session;
    child.identity = identity;
    child.dumpable = dumpable;
    child.killScore = killScore;
    child.terminal = terminal;
    child.name = name;
    child.executable = executable;
    child.executablePath = executablePath;
    child.limits.putAll(limits);
    return child;
  }
}
