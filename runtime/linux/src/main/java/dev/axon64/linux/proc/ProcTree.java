package dev.axon64.linux.proc;

import dev.axon64.linux.fs.DirectoryNode;
import dev.axon64.linux.fs.Node;
import dev.axon64.linux.process.Kernel;
import dev.axon64.linux.process.Process;
import dev.axon64.linux.process.Task;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Builds the folders of /proc, each when it is looked into. */
public final class ProcTree {
  /** Nanoseconds of a clock tick, and instructions of a process in one. */
  static final long TICK = 10_000_000;

  private final Kernel kernel;
  private final Map<String, Supplier<String>> texts = new TreeMap<>();
  private final SystemSettings settings;
  private final TaskFolders tasks;

  private ProcTree(Kernel kernel) {
    this.kernel = kernel;
    this.settings = new SystemSettings(kernel);
    SystemTexts system = new SystemTexts(kernel);
    this.tasks = new TaskFolders(kernel, system);
    texts.put("cmdline", () -> "\n");
    texts.put("cpuinfo", SystemTexts::cpuInfo);
    texts.put("devices", () -> SystemTexts.DEVICES);
    texts.put("filesystems", () -> "nodev\tproc\nnodev\ttmpfs\n");
    texts.put("loadavg", system::loadAverage);
    texts.put("meminfo", system::memoryInfo);
    texts.put("stat", system::statistics);
    texts.put("swaps", () -> "Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n");
    texts.put("uptime", system::uptime);
    texts.put("version", () -> "Linux version 6.1.0 (axon64) #1 SMP Axon64\n");
    texts.put("vmstat", system::memoryStatistics);
  }

  /** The folder to be mounted at /proc. */
  public static DirectoryNode of(Kernel kernel) {
    ProcTree tree = new ProcTree(kernel);
    ProcFolder[] top = new ProcFolder[1];
    top[0] =
        new ProcFolder(
            kernel.root,
            "proc",
            0555,
            new ProcOwner(kernel, null),
            tree::top,
            name -> tree.thread(top[0], name));
    return top[0];
  }

  private Map<String, Node> top(ProcFolder proc) {
    Map<String, Node> all = ProcFolder.texts(proc, texts);
    proc.link(all, "mounts", "self/mounts", null);
    proc.link(all, "net", "self/net", null);
    proc.folder(all, "sys", settings::top);
    int self = kernel.current() == null ? 0 : kernel.current().id;
    int thread = kernel.caller == null ? self : kernel.caller.id;
    proc.link(all, "self", Integer.toString(self), null);
    proc.link(all, "thread-self", self + "/task/" + thread, null);
    for (Process process : kernel.processes.values()) {
      String name = Integer.toString(process.id);
      all.put(name, tasks.process(proc, name, process));
    }
    return all;
  }

  /** A thread that is not its process's first is found by its number, but not listed. */
  private Node thread(ProcFolder proc, String name) {
    if (!name.matches("[1-9][0-9]{0,6}")) {
      return null;
    }
    Task task = kernel.task(Integer.parseInt(name));
    return task == null ? null : tasks.thread(proc, name, task);
  }
}
