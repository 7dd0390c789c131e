package dev.axon64.linux;

import dev.axon64.codegen.support.InputException;
import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.GuestText;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.fs.DirectoryNode;
import dev.axon64.linux.fs.PathWalk;
import dev.axon64.linux.identity.Identity;
import dev.axon64.linux.process.FileTable;
import dev.axon64.linux.process.FileView;
import dev.axon64.linux.process.Kernel;
import dev.axon64.linux.process.Process;
import dev.axon64.linux.process.Task;
import dev.axon64.linux.signal.SignalActions;
import dev.axon64.linux.snapshot.Restoration;
import dev.axon64.linux.start.ProgramStart;
import dev.axon64.machine.elf.ElfImage;
import dev.axon64.machine.memory.AddressSpace;
import dev.axon64.machine.memory.MemoryFault;
import dev.axon64.machine.state.CpuState;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Makes the process that a machine runs for: starts a program, or restores a snapshot. */
final class FirstProcess {
  private static final byte[] ELF = {0x7f, 'E', 'L', 'F'};

  private static final int UMASK = 022;

  private final Settings settings;
  private final Kernel kernel;

  FirstProcess(Settings settings, Kernel kernel) {
    this.settings = settings;
    this.kernel = kernel;
  }

  /** Restores the snapshot's process. */
  void restore() {
    Task task =
        Restoration.restore(kernel, settings.restored, settings.pages, settings.streams(kernel));
    task.cpu.host = new MachineHost(kernel.clock);
    takeTerminal(task.process);
  }

  /**
   * Starts the program.
   *
   * @param path where it lies in the guest's tree
   */
  void start(String path) {
    Process process = new Process(kernel.newId(), null, 0);
    process.group = process.id;
    process.session = process.id;
    takeTerminal(process);
    process.identity = Identity.of(settings.uid, settings.gid);
    process.files = FileTable.of(settings.streams(kernel), settings.limits.files());
    process.view = new FileView(kernel.root, kernel.root, UMASK);
    process.actions = new SignalActions();
    Task task = new Task(process.id, process, new CpuState());
    kernel.begin(process, task);
    try {
      enterWorkingFolder(process.view);
      PathWalk.Place place = program(process.view.current, path);
      List<byte[]> arguments =
          bytes(Stream.concat(Stream.of(settings.program), settings.arguments.stream()));
      List<byte[]> environment = bytes(settings.environment().stream());
      new ProgramStart(kernel).exec(task, place, path, arguments, environment);
    } catch (SysError e) {
      throw new InputException(settings.program, refusal(path, e.errno));
    }
    refuseLibrary(task.cpu);
    task.cpu.host = new MachineHost(kernel.clock);
  }

  /** What is started: a program that was named as a file of the host is in no sysroot. */
  private PathWalk.Place program(DirectoryNode current, String path) {
    return settings.rootFolder == null
        ? PathWalk.walk(kernel.root, kernel.root, path.substring(1), true)
        : PathWalk.walk(kernel.root, current, path, true);
  }

  /**
   * Refuses a file that would execute its own header, as libraries without an entry do. Linux
   * starts it, and it ends by chance; a guest that does so finds that here too.
   */
  private void refuseLibrary(CpuState cpu) {
    if (beginsWithHeader(cpu)) {
      throw new InputException(
          settings.program, "is a library without a place to begin; name a program");
    }
  }

  private static boolean beginsWithHeader(CpuState cpu) {
    try {
      return cpu.memory.accessible(cpu.pc, ELF.length, AddressSpace.READ) == ELF.length
          && Arrays.equals(cpu.memory.read(cpu.pc, ELF.length), ELF);
    } catch (MemoryFault beyondFile) {
      return false; // which the guest meets, too
    }
  }

  private void takeTerminal(Process process) {
    if (kernel.console != null) {
      kernel.jobs.give(kernel.console.terminal(), process);
    }
  }

  private void enterWorkingFolder(FileView view) {
    PathWalk.Place place = PathWalk.walk(kernel.root, kernel.root, settings.workingFolder, true);
    if (place.existing() instanceof DirectoryNode folder) {
      view.current = folder;
    }
  }

  private static List<byte[]> bytes(Stream<String> texts) {
    return texts.map(GuestText::bytes).toList();
  }

  /** Why the program could not be started. */
  private String refusal(String path, int errno) {
    boolean hasRoot = settings.rootFolder != null;
    return switch (errno) {
      case Errno.ENOENT ->
          hasRoot
              ? path + " or the loader that it asks for is not in the root folder"
              : "or the dynamic loader that it asks for is not there; give a statically linked"
                  + " program, or a root folder or sysroot with its libraries";
      case Errno.EACCES -> "may not be executed; set its x permission";
      case Errno.ENOEXEC -> {
        if (!hasRoot) {
          checkProgramFile();
        }
        yield "is no program for AArch64 Linux; give an ELF executable";
      }
      case Errno.ENOMEM -> "does not fit in the memory limit; raise it";
      default -> "cannot be started: " + Errno.name(errno);
    };
  }

  /** Fails with what is wrong with the program as an ELF file, if it is not one. */
  private void checkProgramFile() {
    ElfImage.read(Path.of(settings.program));
  }
}
