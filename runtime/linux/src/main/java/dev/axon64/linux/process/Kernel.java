package dev.axon64.linux.process;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.fs.HostInput;
import dev.axon64.linux.fs.MemoryStore;
import dev.axon64.linux.fs.Notices;
import dev.axon64.linux.fs.OpenFile;
import dev.axon64.linux.fs.Pipe;
import dev.axon64.linux.fs.RootDirectory;
import dev.axon64.linux.ipc.Ipc;
import dev.axon64.linux.lock.LockWaits;
import dev.axon64.linux.net.Network;
import dev.axon64.linux.terminal.Console;
import dev.axon64.machine.memory.MemoryLimit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The state of one machine that all its processes share. */
public final class Kernel {
  /** The lowest and the highest number of a process or thread. */
  public static final int FIRST_ID = 100;

  public static final int LAST_ID = 32_767;

  public final Limits limits;
  public final GuestClock clock;
  public final RootDirectory root;
  public final MemoryStore temporary;
  public final HostInput input;
  public final Consumer<byte[]> random;
  public final Consumer<String> warnings;
  public final MemoryLimit memoryLimit;
  public final PiFutexes piFutexes = new PiFutexes();
  public final Futexes futexes = new Futexes(piFutexes);
  public final Leases leases = new Leases(this);
  public final LockWaits lockWaits = new LockWaits();
  public final Notices notices = new Notices(this::openFiles);
  public final Ipc ipc;
  public final Alarms alarms = new Alarms();
  public final Network network = new Network(this::newInode);
  public final SignalSender signals = new SignalSender(this);
  public final ProcessEnd end = new ProcessEnd(this);
  public final Tracer tracer = new Tracer(this);
  public final TracedCalls tracedCalls = new TracedCalls(this, tracer);
  public final JobControl jobs = new JobControl(this);
  public final Map<Integer, Process> processes = new TreeMap<>();

  /** Done before each turn of a thread, for what the host may have changed meanwhile. */
  public Runnable beforeTurn = () -> {};

  /** Told of each memory that no process uses any more. */
  public Consumer<ProcessMemory> memoryGone = memory -> {};

  /** The machine's own terminal; null for none. */
  public Console console;

  public final HostSignals hostSignals = new HostSignals(this);

  /** The process that the machine runs for. */
  public Process first;

  /** The thread whose call is being made, or whose wait is being asked about. */
  public Task caller;

  /** Instructions that all processes have executed. */
  public long instructions;

  public String hostName = "axon64";
  private final Map<Integer, Task> tasks = new TreeMap<>();
  private int lastId = FIRST_ID - 1;
  private long lastInode = 10_000;

  /**
   * A machine without processes.
   *
   * @param memoryLimit what the memory of all processes counts against
   * @param random fills an array with random bytes
   * @param warnings gets one line for each warning
   */
  public Kernel(
      Limits limits,
      MemoryLimit memoryLimit,
      GuestClock clock,
      RootDirectory root,
      MemoryStore temporary,
      HostInput input,
      Consumer<byte[]> random,
      Consumer<String> warnings) {
    this.limits = limits;
    this.clock = clock;
    this.root = root;
    this.temporary = temporary;
    this.ipc = new Ipc(temporary);
    this.input = input;
    this.random = random;
    this.warnings = warnings;
    this.memoryLimit = memoryLimit;
    network.atUrgent(owner -> new OwnerAlert(this, owner, 0).tellUrgent());
  }

  /** All that any process has open; some of it several times. */
  public Stream<OpenFile> openFiles() {
    return processes.values().stream()
        .map(process -> process.files)
        .filter(Objects::nonNull)
        .distinct()
        .flatMap(files -> files.descriptors().stream().map(files::find));
  }

  /** All threads, in the order of their numbers. */
  public List<Task> tasks() {
    return new ArrayList<>(tasks.values());
  }

  /** Whether there is just one thread. */
  public boolean hasOneTask() {
    return tasks.size() == 1;
  }

  /** A thread by number, or null. */
  public Task task(int id) {
    return tasks.get(id);
  }

  /** A process by number; fails with ESRCH if there is none. */
  public Process process(long id) {
    Process process = processes.get((int) id);
    if (process == null) {
      throw new SysError(Errno.ESRCH);
    }
    return process;
  }

  /** A number that no thread, process, group or session has; fails with EAGAIN at the limit. */
  public int newId() {
    if (tasks.size() >= limits.tasks() || processes.size() >= 2 * limits.tasks()) {
      throw new SysError(Errno.EAGAIN);
    }
    do {
      lastId = lastId >= LAST_ID ? FIRST_ID : lastId + 1;
    } while (isUsed(lastId));
    return lastId;
  }

  /** The number that {@link #newId} gave last. */
  public int lastId() {
    return lastId;
  }

  /** Continues the numbers of {@link #newId} after this one. */
  public void setLastId(int id) {
    lastId = id;
  }

  private boolean isUsed(int id) {
    return tasks.containsKey(id)
        || processes.values().stream()
            .anyMatch(p -> p.id == id || p.group == id || p.session == id);
  }

  /** A new process and its first thread are known from now on. */
  public void add(Process process, Task task) {
    processes.put(process.id, process);
    add(task);
  }

  /** A new thread of a process is known from now on. */
  public void add(Task task) {
    task.process.tasks.add(task);
    tasks.put(task.id, task);
  }

  /** The process whose call is being made; null before there is any. */
  public Process current() {
    return caller == null ? null : caller.process;
  }

  /** The first process of the machine and its thread are known from now on. */
  public void begin(Process process, Task task) {
    add(process, task);
    first = process;
    caller = task;
  }

  /** Gives the only thread of a process the process's number. */
  public void promote(Task task) {
    tasks.remove(task.id);
    task.id = task.process.id;
    tasks.put(task.id, task);
  }

  void forget(Task task) {
    tasks.remove(task.id);
  }

  /** One process less uses a memory; the last one gives it back. */
  public void release(ProcessMemory memory) {
    memory.release();
    if (memory.users == 0) {
      memoryGone.accept(memory);
    }
  }

  /** A new pipe. */
  public Pipe newPipe() {
    return new Pipe(temporary, newInode());
  }

  /** An inode number for a pipe or a socket, which have no names. */
  public long newInode() {
    return ++lastInode;
  }
}
