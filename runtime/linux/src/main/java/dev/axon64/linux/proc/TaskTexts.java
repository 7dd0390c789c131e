package dev.axon64.linux.proc;

import dev.axon64.linux.abi.Signals;
import dev.axon64.linux.identity.Capabilities;
import dev.axon64.linux.identity.Identity;
import dev.axon64.linux.identity.Ids;
import dev.axon64.linux.process.Kernel;
import dev.axon64.linux.process.Process;
import dev.axon64.linux.process.ProcessMemory;
import dev.axon64.linux.process.Scheduling;
import dev.axon64.linux.process.Task;
import dev.axon64.machine.memory.AddressSpace;
import dev.axon64.machine.memory.Mapping;
import java.util.stream.Collectors;

/** The texts of /proc that tell about one process or one of its threads (proc(5)). */
final class TaskTexts {
  private static final long LOW_SIGNALS = 0x7fffffff;

  private final Kernel kernel;
  private final Process process;

  /** The thread; null for the process as a whole. */
  private final Task thread;

  TaskTexts(Kernel kernel, Process process, Task thread) {
    this.kernel = kernel;
    this.process = process;
    this.thread = thread;
  }

  private int id() {
    return thread == null ? process.id : thread.id;
  }

  /** The thread, or the first one; null after all have ended. */
  private Task task() {
    return thread == null ? process.leader() : thread;
  }

  private Identity identity() {
    return task() == null ? process.identity : task().identity;
  }

  private Scheduling scheduling() {
    return task() == null ? Scheduling.NORMAL : task().scheduling;
  }

  String name() {
    return thread == null ? process.name : thread.name;
  }

  private String state() {
    boolean firstEnded = thread == null && kernel.task(process.id) == null;
    if (process.isZombie() || firstEnded) {
      return "Z (zombie)";
    }
    Task task = task();
    if (task != null && task.isHeld()) {
      return task.tracing == null ? "T (stopped)" : "t (tracing stop)";
    }
    return task != null && task.parked ? "S (sleeping)" : "R (running)";
  }

  private ProcessMemory memory() {
    return process.isZombie() ? null : process.memory;
  }

  private long mappedBytes() {
    return memory() == null ? 0 : memory().space.mappedBytes();
  }

  private long residentBytes() {
    return memory() == null ? 0 : memory().space.touchedBytes();
  }

  private long blocked() {
    return task() == null ? 0 : task().blocked;
  }

  private long userTime() {
    return (thread == null ? process.instructions() : thread.instructions) / ProcTree.TICK;
  }

  private long systemTime() {
    return (thread == null ? process.systemTime() : thread.systemTime) / ProcTree.TICK;
  }

  /** The 52 fields of /proc/PID/stat. */
  String stat() {
    Scheduling how = scheduling();
    int priority = how.isRealTime() ? -1 - how.priority() : 20 + how.niceness();
    long pages = residentBytes() / AddressSpace.PAGE;
    long pending = process.pending.set() | (task() == null ? 0 : task().pending.set());
    return "%d (%s) %s %d %d %d 0 -1 0 %d 0 0 0 %d %d %d %d %d %d %d 0 %d %d %d "
            .formatted(
                id(),
                name(),
                state().substring(0, 1),
                process.parentId(),
                process.group,
                process.session,
                pages,
                userTime(),
                systemTime(),
                process.childInstructions / ProcTree.TICK,
                process.childSystemTime / ProcTree.TICK,
                priority,
                how.niceness(),
                process.tasks.size(),
                process.started / ProcTree.TICK,
                mappedBytes(),
                pages)
        + "18446744073709551615 "
        + places()
        + " %d %d %d %d 0 0 0 %d 0 %d %d 0 0 0 "
            .formatted(
                pending & LOW_SIGNALS,
                blocked() & LOW_SIGNALS,
                process.actions.ignored() & LOW_SIGNALS,
                process.actions.caught() & LOW_SIGNALS,
                thread == null || thread.id == process.id ? exitSignal() : -1,
                how.priority(),
                how.policy())
        + ends()
        + "\n";
  }

  private int exitSignal() {
    return process.exitSignal == 0 ? Signals.SIGCHLD : process.exitSignal;
  }

  /** Where the program's code and stack begin; the registers are not told. */
  private String places() {
    ProcessMemory memory = memory();
    if (memory == null || !isShown()) {
      return "0 0 0 0 0";
    }
    Mapping code = program(AddressSpace.EXECUTE);
    return "%d %d %d 0 0"
        .formatted(
            code == null ? 0 : code.start(), code == null ? 0 : code.end(), memory.stackStart);
  }

  private String ends() {
    ProcessMemory memory = memory();
    if (memory == null || !isShown()) {
      return "0 0 0 0 0 0 0 " + Math.max(0, process.status);
    }
    Mapping data = program(AddressSpace.WRITE);
    return "%d %d %d %d %d %d %d 0"
        .formatted(
            data == null ? 0 : data.start(),
            data == null ? 0 : data.end(),
            memory.breakStart,
            memory.argumentStart,
            memory.argumentEnd,
            memory.argumentEnd,
            memory.environmentEnd);
  }

  /** Whether the reader may know where things lie in memory. */
  private boolean isShown() {
    return process == kernel.current()
        || kernel.caller != null && process.isOpenTo(kernel.caller.identity);
  }

  /** The first mapping of the program's file with some permission; null if there is none. */
  private Mapping program(int permission) {
    return process.memory.space.mappings().stream()
        .filter(m -> m.name().equals(process.executablePath))
        .filter(m -> (m.protection() & permission) != 0)
        .findFirst()
        .orElse(null);
  }

  String status() {
    Process p = process;
    Identity who = identity();
    String groups =
        who.groups().stream().map(Integer::toUnsignedString).collect(Collectors.joining(" "));
    return "Name:\t%s\nUmask:\t%04o\nState:\t%s\nTgid:\t%d\nNgid:\t0\nPid:\t%d\nPPid:\t%d\n"
            .formatted(name(), p.view.umask, state(), p.id, id(), p.parentId())
        + "TracerPid:\t%d\nUid:%s\nGid:%s\n"
            .formatted(tracer(), four(who.user()), four(who.group()))
        + "FDSize:\t%d\nGroups:\t%s \n".formatted(descriptors(), groups)
        + "NStgid:\t%d\nNSpid:\t%d\nNSpgid:\t%d\nNSsid:\t%d\nKthread:\t0\n"
            .formatted(p.id, id(), p.group, p.session)
        + (p.isZombie() ? "" : memoryLines())
        + "Threads:\t%d\nSigQ:\t0/4096\n".formatted(Math.max(1, p.tasks.size()))
        + "SigPnd:\t%016x\nShdPnd:\t%016x\nSigBlk:\t%016x\nSigIgn:\t%016x\nSigCgt:\t%016x\n"
            .formatted(
                task() == null ? 0 : task().pending.set(),
                p.pending.set(),
                blocked(),
                p.actions.ignored(),
                p.actions.caught())
        + capabilities(who)
        + "Cpus_allowed:\t1\nCpus_allowed_list:\t0\nMems_allowed:\t1\nMems_allowed_list:\t0\n"
        + "voluntary_ctxt_switches:\t0\nnonvoluntary_ctxt_switches:\t0\n";
  }

  private int tracer() {
    Task task = task();
    return task == null || task.tracing == null ? 0 : task.tracing.tracer.process.id;
  }

  private int descriptors() {
    int open = process.files.descriptors().size();
    return Math.max(64, open + 63 & -64);
  }

  private static String four(Ids ids) {
    return "\t%s\t%s\t%s\t%s"
        .formatted(
            Integer.toUnsignedString(ids.real()),
            Integer.toUnsignedString(ids.effective()),
            Integer.toUnsignedString(ids.saved()),
            Integer.toUnsignedString(ids.file()));
  }

  private static String capabilities(Identity who) {
    Capabilities sets = who.capabilities();
    return "CapInh:\t%016x\nCapPrm:\t%016x\nCapEff:\t%016x\nCapBnd:\t%016x\nCapAmb:\t%016x\n"
            .formatted(
                sets.inheritable(),
                sets.permitted(),
                sets.effective(),
                sets.bounding(),
                sets.ambient())
        + "NoNewPrivs:\t%d\nSeccomp:\t0\nSeccomp_filters:\t0\n"
            .formatted(who.noNewPrivileges() ? 1 : 0);
  }

  private String memoryLines() {
    long[] sizes = new long[4]; // data, stack, code of the program, code of libraries
    for (Mapping m : memory().space.mappings()) {
      boolean code = (m.protection() & AddressSpace.EXECUTE) != 0;
      boolean own = (m.protection() & AddressSpace.WRITE) != 0 && !m.isShared();
      int kind =
          m.name().equals("[stack]")
              ? 1
              : code ? m.name().equals(process.executablePath) ? 2 : 3 : own ? 0 : -1;
      if (kind >= 0) {
        sizes[kind] += m.size() / 1024;
      }
    }
    long size = mappedBytes() / 1024;
    long resident = residentBytes() / 1024;
    return kilobytes("VmPeak", size)
        + kilobytes("VmSize", size)
        + kilobytes("VmLck", 0)
        + kilobytes("VmPin", 0)
        + kilobytes("VmHWM", resident)
        + kilobytes("VmRSS", resident)
        + kilobytes("RssAnon", resident)
        + kilobytes("RssFile", 0)
        + kilobytes("RssShmem", 0)
        + kilobytes("VmData", sizes[0])
        + kilobytes("VmStk", sizes[1])
        + kilobytes("VmExe", sizes[2])
        + kilobytes("VmLib", sizes[3])
        + kilobytes("VmSwap", 0)
        + "CoreDumping:\t0\n";
  }

  private static String kilobytes(String name, long count) {
    return "%s:\t%8d kB\n".formatted(name, count);
  }

  String pages() {
    long size = mappedBytes() / AddressSpace.PAGE;
    long resident = residentBytes() / AddressSpace.PAGE;
    Mapping code = memory() == null ? null : program(AddressSpace.EXECUTE);
    long text = code == null ? 0 : code.size() / AddressSpace.PAGE;
    return size + " " + resident + " 0 " + text + " 0 " + resident + " 0\n";
  }

  /** What the scheduler knows; the names are Linux's. */
  String scheduler() {
    Scheduling how = scheduling();
    long used = thread == null ? process.cpuTime() : thread.cpuTime();
    int priority = how.isRealTime() ? 99 - how.priority() : 120 + how.niceness();
    return "%s (%d, #threads: %d)\n".formatted(name(), id(), process.tasks.size())
        + "-".repeat(67)
        + "\n"
        + "%-45s:%21d.%06d\n".formatted("se.sum_exec_runtime", used / 1_000_000, used % 1_000_000)
        + "%-45s:%21d\n".formatted("policy", how.policy())
        + "%-45s:%21d\n".formatted("prio", priority);
  }
}
