package dev.axon64.linux.proc;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.Flags;
import dev.axon64.linux.abi.GuestText;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.fs.DeviceNode;
import dev.axon64.linux.fs.DirectoryNode;
import dev.axon64.linux.fs.Node;
import dev.axon64.linux.fs.OpenFile;
import dev.axon64.linux.fs.RegularFile;
import dev.axon64.linux.process.Kernel;
import dev.axon64.linux.process.Process;
import dev.axon64.linux.process.Task;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Builds the folders of processes, and of their threads in them. */
final class TaskFolders {
  private static final int LEAST_SCORE = -1000;
  private static final int MOST_SCORE = 1000;

  private final Kernel kernel;
  private final SystemTexts system;
  private final SocketTexts sockets;

  TaskFolders(Kernel kernel, SystemTexts system) {
    this.kernel = kernel;
    this.system = system;
    this.sockets = new SocketTexts(kernel.network);
  }

  /** The folder of a process. */
  ProcFolder process(ProcFolder proc, String name, Process process) {
    return folder(proc, name, process, null);
  }

  /** The folder of a thread's process, which tells of that thread. */
  ProcFolder thread(ProcFolder proc, String name, Task thread) {
    return folder(proc, name, thread.process, thread);
  }

  private ProcFolder folder(ProcFolder proc, String name, Process process, Task thread) {
    return new ProcFolder(
        proc,
        name,
        new ProcOwner(kernel, process),
        folder -> {
          Map<String, Node> all = contents(folder, process, thread);
          folder.folder(all, "task", threads -> threads(threads, process));
          return all;
        });
  }

  private Map<String, Node> threads(ProcFolder folder, Process process) {
    Map<String, Node> all = new TreeMap<>();
    if (process.isZombie()) {
      folder.folder(all, Integer.toString(process.id), f -> contents(f, process, null));
    }
    for (Task task : process.tasks) {
      folder.folder(
          all,
          Integer.toString(task.id),
          f -> {
            Map<String, Node> thread = contents(f, process, task);
            f.text(thread, "children", () -> task == process.leader() ? children(process) : "");
            return thread;
          });
    }
    return all;
  }

  private static String children(Process process) {
    return process.children.stream().map(child -> child.id + " ").collect(Collectors.joining());
  }

  /**
   * What a folder has.
   *
   * @param thread null for the process as a whole
   */
  private Map<String, Node> contents(ProcFolder folder, Process process, Task thread) {
    Map<String, Node> all = new TreeMap<>();
    TaskTexts texts = new TaskTexts(kernel, process, thread);
    Task task = thread == null ? process.leader() : thread;
    folder.text(all, "comm", () -> texts.name() + "\n", text -> rename(process, task, text));
    folder.text(all, "stat", texts::stat);
    folder.text(all, "status", texts::status);
    folder.text(all, "statm", texts::pages);
    folder.text(all, "sched", texts::scheduler);
    folder.text(all, "cgroup", () -> "0::/\n");
    folder.text(all, "cpuset", () -> "/\n");
    folder.text(all, "limits", () -> LimitsText.of(kernel, process));
    folder.text(all, "mounts", () -> system.mounts(process.view));
    folder.text(all, "mountinfo", () -> system.mountInfo(process.view));
    folder.folder(all, "net", net -> ProcFolder.texts(net, sockets.all()));
    folder.text(all, "wchan", () -> "0");
    folder.text(all, "loginuid", () -> "4294967295");
    folder.text(all, "sessionid", () -> "4294967295");
    folder.text(all, "uid_map", () -> SystemTexts.ALL_IDS);
    folder.text(all, "gid_map", () -> SystemTexts.ALL_IDS);
    folder.text(all, "setgroups", () -> "allow\n");
    folder.text(
        all, "personality", 0400, () -> "%08x\n".formatted(task == null ? 0 : task.persona));
    folder.text(all, "oom_score", () -> Math.max(0, process.killScore) + "\n");
    folder.text(
        all, "oom_score_adj", () -> process.killScore + "\n", text -> setScore(process, text));
    files(all, folder, process);
    return all;
  }

  private void files(Map<String, Node> all, ProcFolder folder, Process process) {
    ProcOwner owner = folder.owner();
    boolean alive = !process.isZombie();
    MemoryTexts memory = new MemoryTexts(process.memory);
    folder.text(all, "maps", () -> alive ? maps(process).maps() : "");
    folder.text(all, "smaps", () -> alive ? maps(process).smaps() : "");
    all.put("cmdline", new ProcText(owner, 0444, folder.path("cmdline"), memory::commandLine));
    all.put("environ", new ProcText(owner, 0400, folder.path("environ"), memory::environment));
    all.put("auxv", new ProcText(owner, 0400, folder.path("auxv"), memory::auxiliary));
    if (alive) {
      all.put("mem", new ProcMemory(owner, folder.path("mem")));
      DirectoryNode current = process.view.current;
      folder.link(all, "exe", seen(executable(process)), process.executable);
      folder.link(all, "cwd", seen(current.path()), current);
      folder.link(all, "root", seen(process.view.root.path()), process.view.root);
    }
    all.put(
        "fd",
        new ProcFolder(folder, "fd", 0500, owner, fd -> descriptors(process, fd), name -> null));
    folder.folder(all, "fdinfo", info -> positions(process, info));
  }

  private MapsText maps(Process process) {
    return new MapsText(process.memory, this::seen);
  }

  /** A path as the reader has it. */
  private String seen(String path) {
    Process reader = kernel.current();
    return reader == null ? path : reader.view.seen(path);
  }

  private static String executable(Process process) {
    boolean gone = process.executable != null && process.executable.stat().links() == 0;
    return process.executablePath + (gone ? " (deleted)" : "");
  }

  /** Gives a thread another name, which only threads of its process may do. */
  private void rename(Process process, Task task, String text) {
    if (task == null || kernel.current() != process) {
      throw new SysError(Errno.EINVAL);
    }
    byte[] name = GuestText.bytes(text);
    int length = Math.min(name.length, Task.LONGEST_NAME);
    for (int i = 0; i < length; i++) {
      length = name[i] == 0 ? i : length;
    }
    task.rename(GuestText.of(Arrays.copyOf(name, length)));
  }

  private static void setScore(Process process, String text) {
    try {
      int score = Integer.parseInt(text.strip());
      if (score >= LEAST_SCORE && score <= MOST_SCORE) {
        process.killScore = score;
        return;
      }
    } catch (NumberFormatException e) {
      throw new SysError(Errno.EINVAL);
    }
    throw new SysError(Errno.EINVAL);
  }

  private Map<String, Node> descriptors(Process process, ProcFolder fd) {
    Map<String, Node> all = new TreeMap<>();
    for (int descriptor : process.files.descriptors()) {
      OpenFile open = process.files.get(descriptor);
      Node node = open.node() != null ? open.node() : new DeviceNode(open);
      String name = Integer.toString(descriptor);
      int mode = 0100 | (open.isReadable() ? 0400 : 0) | (open.isWritable() ? 0200 : 0);
      all.put(name, new ProcLink(fd.owner(), mode, fd.path(name), seen(open.path()), node));
    }
    return all;
  }

  private static Map<String, Node> positions(Process process, ProcFolder folder) {
    Map<String, Node> all = new TreeMap<>();
    for (int descriptor : process.files.descriptors()) {
      OpenFile open = process.files.get(descriptor);
      folder.text(all, Integer.toString(descriptor), () -> position(process, open, descriptor));
    }
    return all;
  }

  private static String position(Process process, OpenFile open, int descriptor) {
    long position = open instanceof RegularFile file ? file.seek(0, Flags.SEEK_CUR) : 0;
    int cloexec = process.files.isCloseOnExec(descriptor) ? Flags.O_CLOEXEC : 0;
    return "pos:\t%d\nflags:\t0%o\nmnt_id:\t1\nino:\t%d\n"
        .formatted(position, open.flags() | cloexec, open.stat().inode());
  }
}
