package dev.axon64.linux.proc;

import dev.axon64.linux.fs.DeviceNode;
import dev.axon64.linux.fs.DirectoryNode;
import dev.axon64.linux.fs.Node;
import dev.axon64.linux.fs.OpenFile;
import dev.axon64.linux.process.Kernel;
import dev.axon64.linux.process.Process;
import dev.axon64.linux.process.ProcessMemory;
import dev.axon64.machine.memory.AddressSpace;
import dev.axon64.machine.memory.Mapping;
import dev.axon64.machine.memory.MemoryFault;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Builds /proc. */
public final class ProcTree {
  private static final long TICK = 10_000_000;

  private final Kernel kernel;

  private ProcTree(Kernel kernel) {
    this.kernel = kernel;
  }

  /** The folder to be mounted at /proc. */
  public static DirectoryNode of(Kernel kernel) {
    ProcTree tree = new ProcTree(kernel);
    ProcFolder[] top = new ProcFolder[1];
    top[0] = new ProcFolder(kernel.root, "proc", () -> tree.top(top[0]));
    return top[0];
  }

  private Map<String, Node> top(ProcFolder proc) {
    Map<String, Node> all = new TreeMap<>();
    text(all, "/proc", "meminfo", this::memoryInfo);
    text(all, "/proc", "cpuinfo", ProcTree::cpuInfo);
    text(all, "/proc", "uptime", this::uptime);
    text(all, "/proc", "stat", this::statistics);
    text(all, "/proc", "loadavg", () -> "0.00 0.00 0.00 1/" + kernel.tasks().size() + " 1\n");
    text(all, "/proc", "version", () -> "Linux version 6.1.0 (axon64) #1 SMP Axon64\n");
    text(all, "/proc", "filesystems", () -> "nodev\tproc\nnodev\ttmpfs\n");
    text(all, "/proc", "mounts", this::mounts);
    all.put("sys", new ProcFolder(proc, "sys", () -> sys(proc)));
    int self = kernel.current == null ? 0 : kernel.current.id;
    all.put("self", new ProcLink("/proc/self", Integer.toString(self), null));
    for (Process process : kernel.processes.values()) {
      String name = Integer.toString(process.id);
      ProcFolder[] folder = new ProcFolder[1];
      folder[0] = new ProcFolder(proc, name, () -> process(process, folder[0]));
      all.put(name, folder[0]);
    }
    return all;
  }

  private static void text(Map<String, Node> all, String folder, String name, Supplier<String> s) {
    all.put(name, ProcText.of(folder + "/" + name, s));
  }

  private Map<String, Node> sys(ProcFolder proc) {
    ProcFolder sys = new ProcFolder(proc, "sys", Map::of);
    ProcFolder system = new ProcFolder(sys, "kernel", this::sysKernel);
    ProcFolder memory = new ProcFolder(sys, "vm", ProcTree::sysMemory);
    return Map.of("kernel", system, "vm", memory);
  }

  private Map<String, Node> sysKernel() {
    Map<String, Node> all = new TreeMap<>();
    text(all, "/proc/sys/kernel", "osrelease", () -> "6.1.0\n");
    text(all, "/proc/sys/kernel", "ostype", () -> "Linux\n");
    text(all, "/proc/sys/kernel", "hostname", () -> kernel.hostName + "\n");
    text(all, "/proc/sys/kernel", "pid_max", () -> "32768\n");
    text(all, "/proc/sys/kernel", "ngroups_max", () -> "65536\n");
    return all;
  }

  private static Map<String, Node> sysMemory() {
    Map<String, Node> all = new TreeMap<>();
    text(all, "/proc/sys/vm", "overcommit_memory", () -> "0\n");
    return all;
  }

  private String memoryInfo() {
    long total = kernel.limits.memory() / 1024;
    long free = total - kernel.memoryLimit.used() / 1024;
    StringBuilder text = new StringBuilder();
    Object[][] lines = {
      {"MemTotal", total},
      {"MemFree", free},
      {"MemAvailable", free},
      {"Buffers", 0L},
      {"Cached", 0L},
      {"SwapCached", 0L},
      {"SwapTotal", 0L},
      {"SwapFree", 0L},
      {"Shmem", 0L},
      {"Slab", 0L},
      {"SReclaimable", 0L},
    };
    for (Object[] line : lines) {
      text.append(String.format("%-16s%8d kB%n", line[0] + ":", line[1]));
    }
    return text.toString();
  }

  private static String cpuInfo() {
    return """
        processor\t: 0
        BogoMIPS\t: 100.00
        Features\t: fp asimd crc32 atomics lrcpc flagm
        CPU implementer\t: 0x00
        CPU architecture: 8
        CPU variant\t: 0x0
        CPU part\t: 0x000
        CPU revision\t: 0

        """;
  }

  private String uptime() {
    double seconds = kernel.clock.monotonic() / 1e9;
    return String.format(Locale.ROOT, "%.2f 0.00%n", seconds);
  }

  private String statistics() {
    long user = kernel.instructions / TICK;
    long idle = Math.max(0, kernel.clock.monotonic() / TICK - user);
    long boot = (kernel.clock.realtime() - kernel.clock.monotonic()) / 1_000_000_000;
    String cpu = user + " 0 0 " + idle + " 0 0 0 0 0 0\n";
    return "cpu  "
        + cpu
        + "cpu0 "
        + cpu
        + "intr 0\nctxt 0\nbtime "
        + boot
        + "\nprocesses "
        + kernel.processes.size()
        + "\nprocs_running 1\nprocs_blocked 0\n";
  }

  private String mounts() {
    String access = kernel.root.isWritableTree() ? "rw" : "ro";
    StringBuilder text = new StringBuilder("rootfs / rootfs " + access + " 0 0\n");
    for (String mount : kernel.root.mounts()) {
      String type = mount.equals("proc") ? "proc" : "tmpfs";
      text.append(type).append(" /").append(mount).append(' ').append(type).append(" rw 0 0\n");
    }
    return text.toString();
  }

  private String mountInfo() {
    StringBuilder text = new StringBuilder("1 0 0:1 / / rw - rootfs rootfs rw\n");
    int id = 2;
    for (String mount : kernel.root.mounts()) {
      String type = mount.equals("proc") ? "proc" : "tmpfs";
      text.append("%d 1 0:%d / /%s rw - %s %s rw\n".formatted(id, id, mount, type, type));
      id++;
    }
    return text.toString();
  }

  // One process.

  private Map<String, Node> process(Process process, ProcFolder folder) {
    String path = "/proc/" + process.id;
    Map<String, Node> all = new TreeMap<>();
    text(all, path, "comm", () -> process.name + "\n");
    text(all, path, "stat", () -> stat(process));
    text(all, path, "status", () -> status(process));
    text(all, path, "statm", () -> pages(process));
    text(all, path, "maps", () -> maps(process));
    text(all, path, "mounts", this::mounts);
    text(all, path, "mountinfo", this::mountInfo);
    ProcessMemory memory = process.memory;
    all.put(
        "cmdline",
        new ProcText(
            path + "/cmdline", () -> strings(memory, memory.argumentStart, memory.argumentEnd)));
    all.put(
        "environ",
        new ProcText(
            path + "/environ", () -> strings(memory, memory.argumentEnd, memory.environmentEnd)));
    if (!process.isZombie()) {
      all.put("exe", new ProcLink(path + "/exe", process.executablePath, process.executable));
      DirectoryNode current = process.view.current;
      all.put("cwd", new ProcLink(path + "/cwd", current.path(), current));
      all.put("root", new ProcLink(path + "/root", "/", kernel.root));
      all.put("fd", new ProcFolder(folder, "fd", () -> descriptors(process)));
      all.put("task", new ProcFolder(folder, "task", () -> threads(process, folder)));
    }
    return all;
  }

  private Map<String, Node> threads(Process process, ProcFolder folder) {
    Map<String, Node> all = new TreeMap<>();
    process.tasks.forEach(t -> all.put(Integer.toString(t.id), folder));
    return all;
  }

  private static Map<String, Node> descriptors(Process process) {
    Map<String, Node> all = new TreeMap<>();
    for (int descriptor : process.files.descriptors()) {
      OpenFile open = process.files.get(descriptor);
      Node node = open.node() != null ? open.node() : new DeviceNode(open);
      String name = Integer.toString(descriptor);
      all.put(name, new ProcLink("/proc/" + process.id + "/fd/" + name, open.path(), node));
    }
    return all;
  }

  private static byte[] strings(ProcessMemory memory, long start, long end) {
    try {
      return memory.space.read(start, (int) Math.clamp(end - start, 0L, 1L << 21));
    } catch (MemoryFault e) {
      return new byte[0];
    }
  }

  private static String state(Process process) {
    if (process.isZombie()) {
      return "Z";
    }
    if (process.stopped) {
      return "T";
    }
    return process.tasks.stream().allMatch(t -> t.parked) ? "S" : "R";
  }

  private String stat(Process p) {
    long start = p.started / TICK;
    long bytes = p.isZombie() ? 0 : p.memory.space.mappedBytes();
    long resident = p.isZombie() ? 0 : p.memory.space.touchedBytes() / AddressSpace.PAGE;
    return String.format(
        "%d (%s) %s %d %d %d 0 -1 0 0 0 0 0 %d 0 %d 0 20 0 %d 0 %d %d %d %s%n",
        p.id,
        p.name,
        state(p),
        p.parentId(),
        p.group,
        p.session,
        p.instructions() / TICK,
        p.childInstructions / TICK,
        p.tasks.size(),
        start,
        bytes,
        resident,
        "18446744073709551615 0 0 0 0 0 0 0 0 0 0 0 0 17 0 0 0 0 0 0 0 0 0 0 0 0 0 0");
  }

  private String status(Process p) {
    long size = p.isZombie() ? 0 : p.memory.space.mappedBytes() / 1024;
    long resident = p.isZombie() ? 0 : p.memory.space.touchedBytes() / 1024;
    String ids = "\t%d\t%d\t%d\t%d%n".formatted(p.uid, p.uid, p.uid, p.uid);
    String groups = "\t%d\t%d\t%d\t%d%n".formatted(p.gid, p.gid, p.gid, p.gid);
    return "Name:\t%s%nUmask:\t%04o%nState:\t%s%nTgid:\t%d%nPid:\t%d%nPPid:\t%d%n"
            .formatted(p.name, p.view.umask, state(p), p.id, p.id, p.parentId())
        + "TracerPid:\t0\nUid:"
        + ids
        + "Gid:"
        + groups
        + "FDSize:\t64\nGroups:\t%d%nVmSize:\t%8d kB%nVmRSS:\t%8d kB%nThreads:\t%d%n"
            .formatted(p.gid, size, resident, p.tasks.size())
        + "SigPnd:\t%016x%nSigBlk:\t%016x%nSigIgn:\t%016x%nSigCgt:\t%016x%n"
            .formatted(
                p.pending.set(),
                p.leader() == null ? 0 : p.leader().blocked,
                p.actions.ignored(),
                p.actions.caught());
  }

  private static String pages(Process p) {
    long size = p.isZombie() ? 0 : p.memory.space.mappedBytes() / AddressSpace.PAGE;
    long resident = p.isZombie() ? 0 : p.memory.space.touchedBytes() / AddressSpace.PAGE;
    return size + " " + resident + " 0 0 0 " + resident + " 0\n";
  }

  private static String maps(Process process) {
    StringBuilder text = new StringBuilder();
    for (Mapping m : process.memory.space.mappings()) {
      String line =
          "%08x-%08x %s%s%s%s %08x 00:00 0"
              .formatted(
                  m.start(),
                  m.end(),
                  (m.protection() & AddressSpace.READ) != 0 ? "r" : "-",
                  (m.protection() & AddressSpace.WRITE) != 0 ? "w" : "-",
                  (m.protection() & AddressSpace.EXECUTE) != 0 ? "x" : "-",
                  m.isShared() ? "s" : "p",
                  m.name().isEmpty() || m.name().startsWith("[") ? 0 : m.offset());
      text.append(line);
      if (!m.name().isEmpty()) {
        text.append(" ".repeat(Math.max(1, 73 - line.length()))).append(m.name());
      }
      text.append('\n');
    }
    return text.toString();
  }
}
