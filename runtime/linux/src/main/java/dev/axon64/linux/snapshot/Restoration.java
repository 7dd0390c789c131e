package dev.axon64.linux.snapshot;

import dev.axon64.codegen.support.InputException;
import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.Flags;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.fs.DeviceNode;
import dev.axon64.linux.fs.DirectoryNode;
import dev.axon64.linux.fs.FileBody;
import dev.axon64.linux.fs.FileNode;
import dev.axon64.linux.fs.Node;
import dev.axon64.linux.fs.OpenFile;
import dev.axon64.linux.fs.PathWalk;
import dev.axon64.linux.fs.RegularFile;
import dev.axon64.linux.fs.StandardStreams;
import dev.axon64.linux.identity.Identity;
import dev.axon64.linux.process.FileTable;
import dev.axon64.linux.process.FileView;
import dev.axon64.linux.process.Kernel;
import dev.axon64.linux.process.Process;
import dev.axon64.linux.process.ProcessMemory;
import dev.axon64.linux.process.RunningProgram;
import dev.axon64.linux.process.Scheduling;
import dev.axon64.linux.process.Task;
import dev.axon64.linux.signal.AltStack;
import dev.axon64.linux.signal.SignalActions;
import dev.axon64.machine.memory.AddressSpace;
import dev.axon64.machine.state.CpuState;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Restores the guest of a snapshot in a machine that has none. */
public final class Restoration {
  /** More than any guest can have open. */
  private static final int MOST_FILES = 1 << 20;

  private final Kernel kernel;
  private final Snapshot snapshot;
  private final GuestImage image;
  private final LazyPages pages;

  private Restoration(Kernel kernel, Snapshot snapshot, LazyPages pages) {
    this.kernel = kernel;
    this.snapshot = snapshot;
    this.image = snapshot.image();
    this.pages = pages;
  }

  /**
   * Makes the snapshot's process the first of the machine. Its pages come when it uses them.
   *
   * @param kernel with its file systems mounted
   * @return the process's thread
   * @throws InputException if something that the guest had is not there
   */
  public static Task restore(
      Kernel kernel, Snapshot snapshot, LazyPages pages, StandardStreams streams) {
    try {
      return new Restoration(kernel, snapshot, pages).restore(streams);
    } catch (IllegalArgumentException | NullPointerException | IndexOutOfBoundsException e) {
      // its checksums are right, but no capture writes such a state
      throw new InputException(snapshot.file().toString(), "has a state that makes no sense", e);
    }
  }

  private Task restore(StandardStreams streams) {
    kernel.instructions = image.instructions();
    kernel.setLastId(image.lastId());
    kernel.input.resume(Base64.getDecoder().decode(image.input().unread()), image.input().ended());
    Process process = process(streams);
    CpuState cpu = new CpuState();
    SavedRegisters.restore(image.registers(), cpu, snapshot.file().toString());
    process.memory = memory();
    cpu.memory = process.memory.space;
    pages.watch(cpu);
    holdProgram(process);
    Task task = thread(process, cpu);
    kernel.begin(process, task);
    return task;
  }

  /** Lets nobody write the program's file while it runs, if nobody does so yet. */
  private static void holdProgram(Process process) {
    process.memory.programFiles.put(process.executablePath, process.executable);
    if (!(process.executable instanceof FileNode file)) {
      return;
    }
    try {
      FileBody body = file.open(false);
      process.memory.program = new RunningProgram(body);
      body.denyWrites();
    } catch (SysError e) {
      return; // it runs from what the snapshot has of it
    }
  }

  private Task thread(Process process, CpuState cpu) {
    GuestImage.Thread saved = image.thread();
    Task task = new Task(saved.id(), process, cpu);
    task.name = saved.name();
    task.blocked = saved.blocked();
    task.savedMask = saved.savedMask();
    task.altStack =
        new AltStack(saved.altStack().start(), saved.altStack().flags(), saved.altStack().size());
    task.clearChildId = saved.clearChildId();
    task.robustList = saved.robustList();
    task.rseq = saved.rseq();
    task.instructions = saved.instructions();
    task.scheduling = Scheduling.NORMAL.nice(image.process().niceness());
    return task;
  }

  private Process process(StandardStreams streams) {
    GuestImage.Process saved = image.process();
    Process process = new Process(saved.id(), null, 0);
    process.group = saved.group();
    process.session = saved.session();
    process.name = saved.name();
    process.identity = Identity.of(saved.uid(), saved.gid());
    process.fileMode = saved.fileMode();
    saved.limits().forEach((number, limit) -> process.limits.put(number, limit.clone()));
    process.timerAt = saved.timerAt();
    process.timerEvery = saved.timerEvery();
    process.pastInstructions = saved.pastInstructions();
    process.childInstructions = saved.childInstructions();
    process.executablePath = saved.executable();
    process.executable = find(saved.executable());
    if (!(find(saved.folder()) instanceof DirectoryNode folder)) {
      throw missing(saved.folder(), "is no folder here");
    }
    process.view = new FileView(kernel.root, folder, saved.umask());
    process.actions = new SignalActions();
    for (GuestImage.Action action : saved.actions()) {
      process.actions.set(
          action.signal(),
          new SignalActions.Action(
              action.handler(), action.flags(), action.restorer(), action.mask()));
    }
    process.files = files(streams, saved.mostFiles());
    return process;
  }

  private Node find(String path) {
    try {
      return PathWalk.walk(kernel.root, kernel.root, path, true).existing();
    } catch (SysError e) {
      throw missing(path, "is not there (" + Errno.name(e.errno) + ")");
    }
  }

  private InputException missing(String path, String how) {
    return new InputException(
        snapshot.file().toString(),
        "the guest's file %s %s; give the root folder that the snapshot was taken with, with the same"
                .formatted(path, how)
            + " files");
  }

  private FileTable files(StandardStreams streams, int most) {
    List<OpenFile> open = new ArrayList<>();
    for (GuestImage.Open file : image.files()) {
      open.add(opened(file, streams));
    }
    FileTable table = new FileTable(most);
    for (GuestImage.Descriptor descriptor : image.descriptors()) {
      if (descriptor.number() < 0 || descriptor.number() >= Math.min(most, MOST_FILES)) {
        throw new IllegalArgumentException("descriptor " + descriptor.number());
      }
      table.set(descriptor.number(), open.get(descriptor.file()), descriptor.closeOnExec());
    }
    return table;
  }

  private OpenFile opened(GuestImage.Open file, StandardStreams streams) {
    OpenFile open =
        switch (file.kind()) {
          case STDIN -> streams.input();
          case STDOUT -> streams.output();
          case STDERR -> streams.error();
          case REGULAR -> regular(file);
          case DEVICE -> device(file);
        };
    if (open == null) {
      throw missing("of a standard stream", "is closed");
    }
    open.setFlags(file.flags());
    return open;
  }

  private OpenFile regular(GuestImage.Open file) {
    if (!(find(file.path()) instanceof FileNode node)) {
      throw missing(file.path(), "is no regular file here");
    }
    boolean write = (file.flags() & Flags.O_ACCMODE) != Flags.O_RDONLY;
    try {
      RegularFile open = new RegularFile(file.flags(), node, file.path(), node.open(write));
      if (!write && open.body().size() != file.size()) {
        throw missing(
            file.path(), "has %d bytes, not %d".formatted(open.body().size(), file.size()));
      }
      open.seek(file.position(), Flags.SEEK_SET);
      return open;
    } catch (SysError e) {
      String hint = e.errno == Errno.EROFS ? ", let the guest write" : "";
      throw missing(
          file.path(), "cannot be opened again (%s%s)".formatted(Errno.name(e.errno), hint));
    }
  }

  private OpenFile device(GuestImage.Open file) {
    if (find(file.path()) instanceof DeviceNode node) {
      try {
        return node.open(file.flags());
      } catch (SysError e) {
        throw missing(file.path(), "cannot be opened again (" + Errno.name(e.errno) + ")");
      }
    }
    throw missing(file.path(), "is no device here");
  }

  private ProcessMemory memory() {
    ProcessMemory memory = new ProcessMemory(new AddressSpace(kernel.memoryLimit));
    GuestImage.Places places = image.places();
    memory.breakStart = places.breakStart();
    memory.breakEnd = places.breakEnd();
    memory.argumentStart = places.argumentStart();
    memory.argumentEnd = places.argumentEnd();
    memory.environmentEnd = places.environmentEnd();
    memory.stackStart = places.stackStart();
    new MemoryRestoration(snapshot, pages).fill(memory.space);
    return memory;
  }
}
