package dev.axon64.linux.snapshot;

import com.google.gson.Gson;
import dev.axon64.codegen.support.AtomicFiles;
import dev.axon64.codegen.support.InputException;
import dev.axon64.linux.abi.Flags;
import dev.axon64.linux.abi.Signals;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.fs.DeviceNode;
import dev.axon64.linux.fs.DirectoryFile;
import dev.axon64.linux.fs.OpenFile;
import dev.axon64.linux.fs.PathWalk;
import dev.axon64.linux.fs.RegularFile;
import dev.axon64.linux.identity.Identity;
import dev.axon64.linux.process.FileTable;
import dev.axon64.linux.process.Kernel;
import dev.axon64.linux.process.Process;
import dev.axon64.linux.process.ProcessMemory;
import dev.axon64.linux.process.Scheduling;
import dev.axon64.linux.process.Task;
import dev.axon64.linux.signal.SignalActions;
import dev.axon64.linux.terminal.TerminalFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes a snapshot of a machine between two instructions. It refuses what could not be put back:
 * several threads or processes, files in memory, pipes and folders that are open, waiting signals.
 */
public final class Capture {
  /** The standard streams, by the paths that they have instead of a node. */
  private static final Map<String, GuestImage.FileKind> STREAMS =
      Map.of(
          "/dev/stdin", GuestImage.FileKind.STDIN,
          "/dev/stdout", GuestImage.FileKind.STDOUT,
          "/dev/stderr", GuestImage.FileKind.STDERR);

  private final Kernel kernel;
  private final Process process;
  private final Task task;
  private final Path target;

  private Capture(Kernel kernel, Path target) {
    this.kernel = kernel;
    this.target = target;
    this.process = kernel.first;
    this.task = process.leader();
  }

  /**
   * Writes a snapshot beside its place and moves it there.
   *
   * @param turn instructions left of the thread's turn
   * @param program null if the guest has a root folder
   * @param filesInMemory whether the guest has files that are in memory only
   * @throws InputException if the guest has what cannot be put back, or the file cannot be written
   */
  public static void write(
      Kernel kernel, long turn, LoneProgram program, boolean filesInMemory, Path file) {
    Capture capture = new Capture(kernel, file);
    capture.check(filesInMemory);
    AtomicFiles.write(
        file,
        out -> {
          try (SnapshotWriter writer = new SnapshotWriter(out)) {
            GuestImage image = capture.image(turn, program, writer);
            writer.finish(new Gson().toJson(image).getBytes(StandardCharsets.UTF_8));
          }
        });
  }

  /** Why no snapshot can be taken. */
  private InputException refusal(String why) {
    return new InputException(
        target.toString(),
        "the guest " + why + ", which cannot be put back; take the snapshot at another time");
  }

  private void check(boolean filesInMemory) {
    if (filesInMemory) {
      throw refusal("has files in /tmp, /dev/shm or other places that are in memory");
    }
    if (kernel.processes.size() > 1) {
      throw refusal("has %d processes".formatted(kernel.processes.size()));
    }
    if (process.tasks.size() > 1) {
      throw refusal("has %d threads".formatted(process.tasks.size()));
    }
    if (task == null || task.parked || task.isHeld() || task.hasToResume()) {
      throw refusal("waits");
    }
    if (kernel.ipc.isUsed()) {
      throw refusal("has shared memory, semaphores or message queues");
    }
    long waiting = task.pending.set() | process.pending.set();
    if (waiting != 0) {
      int signal = Long.numberOfTrailingZeros(waiting) + 1;
      throw refusal("has signal %d waiting".formatted(signal));
    }
    if (!process.timers.isEmpty()) {
      throw refusal("has timers");
    }
    int user = task.identity.user().effective();
    if (!task.identity.equals(Identity.of(user, task.identity.group().effective()))) {
      throw refusal("has changed whom it acts for, or its capabilities");
    }
    if (!task.scheduling.equals(Scheduling.NORMAL.nice(task.scheduling.niceness()))) {
      throw refusal("has changed how it is scheduled");
    }
    if (process.virtualTimer.at != 0 || process.profilingTimer.at != 0) {
      throw refusal("has a timer of its CPU time");
    }
    if (process.view.root != kernel.root) {
      throw refusal("has changed its root");
    }
  }

  private GuestImage image(long turn, LoneProgram program, SnapshotWriter writer) {
    List<OpenFile> open = new ArrayList<>();
    List<GuestImage.Descriptor> descriptors = descriptors(open);
    List<GuestImage.Open> files = open.stream().map(file -> file(file, descriptors, open)).toList();
    MemoryCapture memory = new MemoryCapture(process.memory, writer, this::refusal);
    memory.take();
    return new GuestImage(
        kernel.instructions,
        turn,
        kernel.clock.monotonic(),
        kernel.lastId(),
        SavedRegisters.of(task.cpu),
        thread(),
        process(),
        places(process.memory),
        memory.regions(),
        memory.sources(),
        memory.touched(),
        files,
        descriptors,
        new GuestImage.Input(Base64.getEncoder().encodeToString(unread()), kernel.input.isEnded()),
        program == null ? null : program.write(writer));
  }

  /** What has come from the host and the guest has not read. */
  private byte[] unread() {
    byte[] input = kernel.input.unread();
    if (kernel.console == null) {
      return input;
    }
    byte[] typed = kernel.console.unread();
    byte[] all = Arrays.copyOf(typed, typed.length + input.length);
    System.arraycopy(input, 0, all, typed.length, input.length);
    return all;
  }

  private GuestImage.Thread thread() {
    return new GuestImage.Thread(
        task.id,
        task.name,
        task.blocked,
        task.savedMask,
        new GuestImage.Stack(task.altStack.start(), task.altStack.flags(), task.altStack.size()),
        task.clearChildId,
        task.robustList,
        task.rseq,
        task.instructions);
  }

  private GuestImage.Process process() {
    Map<Integer, long[]> limits = new HashMap<>();
    process.limits.forEach((number, limit) -> limits.put(number, limit.clone()));
    List<GuestImage.Action> actions = new ArrayList<>();
    for (int signal = 1; signal <= Signals.LAST; signal++) {
      SignalActions.Action action = process.actions.get(signal);
      if (action.handler() != SignalActions.SIG_DFL || action.flags() != 0) {
        actions.add(
            new GuestImage.Action(
                signal, action.handler(), action.flags(), action.restorer(), action.mask()));
      }
    }
    return new GuestImage.Process(
        process.id,
        process.group,
        process.session,
        process.name,
        process.executablePath,
        process.view.current.path(),
        process.view.umask,
        process.identity.user().effective(),
        process.identity.group().effective(),
        process.fileMode,
        task.scheduling.niceness(),
        process.files.most(),
        limits,
        process.timerAt,
        process.timerEvery,
        process.pastInstructions,
        process.childInstructions,
        actions);
  }

  private static GuestImage.Places places(ProcessMemory memory) {
    return new GuestImage.Places(
        memory.breakStart,
        memory.breakEnd,
        memory.argumentStart,
        memory.argumentEnd,
        memory.environmentEnd,
        memory.stackStart);
  }

  /** The descriptors; adds each open file that they refer to once to {@code open}. */
  private List<GuestImage.Descriptor> descriptors(List<OpenFile> open) {
    FileTable table = process.files;
    Map<OpenFile, Integer> known = new IdentityHashMap<>();
    List<GuestImage.Descriptor> all = new ArrayList<>();
    for (int number : table.descriptors()) {
      OpenFile file = table.get(number);
      Integer index = known.get(file);
      if (index == null) {
        index = open.size();
        known.put(file, index);
        open.add(file);
      }
      all.add(new GuestImage.Descriptor(number, index, table.isCloseOnExec(number)));
    }
    return all;
  }

  private GuestImage.Open file(
      OpenFile file, List<GuestImage.Descriptor> descriptors, List<OpenFile> open) {
    int index = open.indexOf(file);
    int number =
        descriptors.stream().filter(d -> d.file() == index).findFirst().orElseThrow().number();
    GuestImage.FileKind stream = stream(file, number);
    if (stream != null) {
      return new GuestImage.Open(stream, "", file.flags(), 0, 0);
    }
    if (file instanceof RegularFile regular) {
      checkName(number, file);
      return new GuestImage.Open(
          GuestImage.FileKind.REGULAR,
          file.path(),
          file.flags(),
          regular.seek(0, Flags.SEEK_CUR),
          regular.body().size());
    }
    if (file.node() instanceof DeviceNode) {
      checkName(number, file);
      return new GuestImage.Open(GuestImage.FileKind.DEVICE, file.path(), file.flags(), 0, 0);
    }
    String what = file instanceof DirectoryFile ? "a folder" : file.kind();
    throw refusal("has %s open as descriptor %d".formatted(what, number));
  }

  /** Which of the standard streams a file is; null if it is none. */
  private static GuestImage.FileKind stream(OpenFile file, int number) {
    if (file instanceof TerminalFile && number <= 2) {
      return List.of(
              GuestImage.FileKind.STDIN, GuestImage.FileKind.STDOUT, GuestImage.FileKind.STDERR)
          .get(number);
    }
    return file.node() == null ? STREAMS.get(file.path()) : null;
  }

  /** Refuses an open file that cannot be found again by its path. */
  private void checkName(int number, OpenFile file) {
    try {
      PathWalk.Place place = PathWalk.walk(kernel.root, kernel.root, file.path(), true);
      if ((file.flags() & Flags.O_PATH) == 0
          && place.existing().stat().inode() == file.stat().inode()) {
        return;
      }
    } catch (SysError e) {
      throw refusal("has a file open as descriptor %d that has no name".formatted(number));
    }
    throw refusal("has a file open as descriptor %d that its path is not of".formatted(number));
  }
}
