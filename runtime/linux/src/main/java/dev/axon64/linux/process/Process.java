package dev.axon64.linux.process;

import dev.axon64.linux.fs.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A process of the guest: threads with the same memory, signals and parent. */
public final class Process {
  public final int id;
  public Process parent;
  public final List<Process> children = new ArrayList<>();
  public final List<Task> tasks = new ArrayList<>();
  public int group;
  public int session;

  public ProcessMemory memory;
  public FileTable files;
  public FileView view;
  public SignalActions actions;
  public final SignalQueue pending = new SignalQueue();

  /** What its parent gets when it ends; 0 for nothing. */
  public int exitSignal;

  /** Its main name, as in /proc/self/comm. */
  public String name = "";

  public String executablePath = "";
  public Node executable;

  /** The wait status once it has ended; -1 before. */
  public int status = -1;

  /** Its parent waits until it runs another program or ends. */
  public Task vforkParent;

  public boolean stopped;

  /** A wait status that tells of stopping or going on, not yet seen by the parent; or -1. */
  public int jobStatus = -1;

  /** ITIMER_REAL: when it rings next in monotonic nanoseconds, or 0; and how often afterwards. */
  public long timerAt;

  public long timerEvery;
  public int uid;
  public int gid;
  public int fileMode;
  public int niceness;

  /** Limits that the guest has lowered: soft and hard by RLIMIT_ number. */
  public final Map<Integer, long[]> limits = new TreeMap<>();

  public final long started;

  /** Instructions of ended threads, and of children that were waited for. */
  public long pastInstructions;

  public long childInstructions;

  public Process(int id, Process parent, long started) {
    this.id = id;
    this.parent = parent;
    this.started = started;
  }

  public boolean isZombie() {
    return status >= 0;
  }

  /** The first thread, or null after all have ended. */
  public Task leader() {
    return tasks.isEmpty() ? null : tasks.getFirst();
  }

  /** Instructions of all its threads. */
  public long instructions() {
    return pastInstructions + tasks.stream().mapToLong(t -> t.instructions).sum();
  }

  public int parentId() {
    return parent == null ? 1 : parent.id;
  }

  /** What is ignored and what handlers there are, as sets. */
  public long signalSet(boolean handlers) {
    long set = 0;
    for (int signal = 1; signal <= 64; signal++) {
      long handler = actions.get(signal).handler();
      if (handlers ? handler > 1 : handler == 1) {
        set |= 1L << signal - 1;
      }
    }
    return set;
  }
}
