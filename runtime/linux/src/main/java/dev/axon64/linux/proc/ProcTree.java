package dev.axon64.linux.proc;

import dev.axon64.linux.fs.DeviceNode;
import dev.axon64.linux.fs.DirectoryNode;
import dev.axon64.linux.fs.Node;
import dev.axon64.linux.fs.OpenFile;
import dev.axon64.linux.process.Kernel;
import dev.axon64.linux.process.Process;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Builds the folders of /proc, each when it is looked into. */
public final class ProcTree {
  /** Nanoseconds of a clock tick, and instructions of a process in one. */
  static final long TICK = 10_000_000;

  private final Kernel kernel;
  private final SystemTexts system;

  private ProcTree(Kernel kernel) {
    this.kernel = kernel;
    this.system = new SystemTexts(kernel);
  }

  /** The folder to be mounted at /proc. */
  public static DirectoryNode of(Kernel kernel) {
    ProcTree tree = new ProcTree(kernel);
    return new ProcFolder(kernel.root, "proc", tree::top);
  }

  private Map<String, Node> top(ProcFolder proc) {
    Map<String, Node> all = new TreeMap<>();
    text(all, proc, "meminfo", system::memoryInfo);
    text(all, proc, "cpuinfo", SystemTexts::cpuInfo);
    text(all, proc, "uptime", system::uptime);
    text(all, proc, "stat", system::statistics);
    text(all, proc, "loadavg", system::loadAverage);
    text(all, proc, "version", () -> "Linux version 6.1.0 (axon64) #1 SMP Axon64\n");
    text(all, proc, "filesystems", () -> "nodev\tproc\nnodev\ttmpfs\n");
    text(all, proc, "mounts", system::mounts);
    all.put("sys", new ProcFolder(proc, "sys", this::sys));
    int self = kernel.current == null ? 0 : kernel.current.id;
    all.put("self", new ProcLink("/proc/self", Integer.toString(self), null));
    for (Process process : kernel.processes.values()) {
      String name = Integer.toString(process.id);
      all.put(name, new ProcFolder(proc, name, folder -> process(process, folder)));
    }
    return all;
  }

  private static void text(
      Map<String, Node> all, ProcFolder folder, String name, Supplier<String> text) {
    all.put(name, ProcText.of(folder.path(name), text));
  }

  private Map<String, Node> sys(ProcFolder sys) {
    Map<String, Node> all = new TreeMap<>();
    all.put("kernel", new ProcFolder(sys, "kernel", this::sysKernel));
    all.put("vm", new ProcFolder(sys, "vm", ProcTree::sysMemory));
    return all;
  }

  private Map<String, Node> sysKernel(ProcFolder folder) {
    Map<String, Node> all = new TreeMap<>();
    text(all, folder, "osrelease", () -> "6.1.0\n");
    text(all, folder, "ostype", () -> "Linux\n");
    text(all, folder, "hostname", () -> kernel.hostName + "\n");
    text(all, folder, "pid_max", () -> "32768\n");
    text(all, folder, "ngroups_max", () -> "65536\n");
    return all;
  }

  private static Map<String, Node> sysMemory(ProcFolder folder) {
    Map<String, Node> all = new TreeMap<>();
    text(all, folder, "overcommit_memory", () -> "0\n");
    return all;
  }

  private Map<String, Node> process(Process process, ProcFolder folder) {
    ProcessTexts texts = new ProcessTexts(process);
    Map<String, Node> all = new TreeMap<>();
    text(all, folder, "comm", () -> process.name + "\n");
    text(all, folder, "stat", texts::stat);
    text(all, folder, "status", texts::status);
    text(all, folder, "statm", texts::pages);
    text(all, folder, "maps", texts::maps);
    text(all, folder, "mounts", system::mounts);
    text(all, folder, "mountinfo", system::mountInfo);
    all.put("cmdline", new ProcText(folder.path("cmdline"), texts::commandLine));
    all.put("environ", new ProcText(folder.path("environ"), texts::environment));
    if (!process.isZombie()) {
      DirectoryNode current = process.view.current;
      all.put("exe", link(folder, "exe", process.executablePath, process.executable));
      all.put("cwd", link(folder, "cwd", current.path(), current));
      all.put("root", link(folder, "root", "/", kernel.root));
      all.put("fd", new ProcFolder(folder, "fd", fd -> descriptors(process, fd)));
      all.put("task", new ProcFolder(folder, "task", task -> threads(process, folder)));
    }
    return all;
  }

  private static ProcLink link(ProcFolder folder, String name, String target, Node jump) {
    return new ProcLink(folder.path(name), target, jump);
  }

  /** Each thread's folder is that of its process. */
  private static Map<String, Node> threads(Process process, ProcFolder folder) {
    Map<String, Node> all = new TreeMap<>();
    process.tasks.forEach(t -> all.put(Integer.toString(t.id), folder));
    return all;
  }

  private static Map<String, Node> descriptors(Process process, ProcFolder fd) {
    Map<String, Node> all = new TreeMap<>();
    for (int descriptor : process.files.descriptors()) {
      OpenFile open = process.files.get(descriptor);
      Node node = open.node() != null ? open.node() : new DeviceNode(open);
      String name = Integer.toString(descriptor);
      all.put(name, link(fd, name, open.path(), node));
    }
    return all;
  }
}
