package dev.axon64.linux.start;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.Flags;
import dev.axon64.linux.abi.GuestText;
import dev.axon64.linux.abi.Layout;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.fs.DirectoryNode;
import dev.axon64.linux.fs.FileBody;
import dev.axon64.linux.fs.FileNode;
import dev.axon64.linux.fs.Node;
import dev.axon64.linux.fs.PathWalk;
import dev.axon64.linux.process.FileTable;
import dev.axon64.linux.process.FileView;
import dev.axon64.linux.process.Kernel;
import dev.axon64.linux.process.Process;
import dev.axon64.linux.process.ProcessMemory;
import dev.axon64.linux.process.Task;
import dev.axon64.linux.signal.AltStack;
import dev.axon64.machine.elf.ElfImage;
import dev.axon64.machine.elf.Segment;
import dev.axon64.machine.memory.AddressSpace;
import dev.axon64.machine.memory.MemoryFault;
import dev.axon64.machine.state.CpuState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Replaces the program of a process (execve). */
public final class ProgramStart {
  private static final int MOST_SCRIPTS = 4;
  private static final int SCRIPT_LINE = 255;

  /** Where the dynamic loader may lie: multiples of 64 KiB, the largest page of AArch64. */
  private static final long LOADER_ALIGNMENT = 1 << 16;

  private final Kernel kernel;

  /** Starts programs in processes of a kernel. */
  public ProgramStart(Kernel kernel) {
    this.kernel = kernel;
  }

  /** A file to be run, with the arguments as scripts on the way have changed them. */
  private record Target(Node node, String path, byte[] bytes, List<byte[]> arguments) {}

  /**
   * A program in memory.
   *
   * @param base where its dynamic loader lies, or 0
   * @param entry the first instruction, of the loader if there is one
   */
  private record Mapped(ProgramLoader.Loaded program, long base, long entry) {}

  /** A program in a memory of its own, ready to begin. */
  private record Ready(ProcessMemory memory, long entry, long stack) {}

  /**
   * Replaces the program of a thread's process. A failure leaves everything as it was.
   *
   * @param place what the path leads to
   * @param path as the caller gave it
   * @param arguments argv
   * @param environment envp
   */
  public void exec(
      Task task,
      PathWalk.Place place,
      String path,
      List<byte[]> arguments,
      List<byte[]> environment) {
    Process process = task.process;
    List<byte[]> given = arguments.isEmpty() ? List.of(new byte[0]) : arguments;
    Target target = target(process.view, place, path, given, 0);
    Ready ready = load(process, target, path, environment);
    commit(task, target, ready);
  }

  private Target target(
      FileView view, PathWalk.Place place, String path, List<byte[]> arguments, int depth) {
    byte[] bytes = read(place.existing());
    String shown = place.path().isEmpty() ? path : place.path();
    if (bytes.length < 2 || bytes[0] != '#' || bytes[1] != '!') {
      return new Target(place.node(), shown, bytes, arguments);
    }
    if (depth >= MOST_SCRIPTS) {
      throw new SysError(Errno.ELOOP);
    }
    String[] interpreter = interpreter(bytes);
    List<byte[]> changed = new ArrayList<>();
    for (String part : interpreter) {
      changed.add(GuestText.bytes(part));
    }
    changed.add(GuestText.bytes(path));
    changed.addAll(arguments.subList(1, arguments.size()));
    PathWalk.Place next = PathWalk.walk(view.root, view.current, interpreter[0], true);
    return target(view, next, interpreter[0], changed, depth + 1);
  }

  /** The program that a script's first line names, and its argument if there is one. */
  private static String[] interpreter(byte[] script) {
    int end = 2;
    while (end < script.length && end < SCRIPT_LINE && script[end] != '\n') {
      end++;
    }
    String line = GuestText.of(Arrays.copyOfRange(script, 2, end)).strip();
    if (line.isEmpty()) {
      throw new SysError(Errno.ENOEXEC);
    }
    return line.split("[ \t]+", 2);
  }

  private byte[] read(Node node) {
    if (node instanceof DirectoryNode || !(node instanceof FileNode file)) {
      throw new SysError(Errno.EACCES);
    }
    if ((file.stat().mode() & 0111) == 0 || file.stat().type() != Flags.S_IFREG) {
      throw new SysError(Errno.EACCES);
    }
    FileBody body = file.open(false);
    try {
      long size = body.size();
      if (size > Math.min(ElfImage.MOST_BYTES, kernel.limits.memory())) {
        throw new SysError(Errno.ENOMEM);
      }
      byte[] bytes = new byte[(int) size];
      int count = body.read(0, bytes, 0, bytes.length);
      return count == bytes.length ? bytes : Arrays.copyOf(bytes, count);
    } finally {
      body.close();
    }
  }

  private Ready load(Process process, Target target, String name, List<byte[]> environment) {
    ElfImage image = ProgramLoader.parse(target.bytes, target.path);
    AddressSpace space = new AddressSpace(kernel.memoryLimit);
    try {
      Mapped mapped = map(process.view, image, target, space);
      StartStack.Placed stack =
          StartStack.write(
              space,
              new StartStack.Contents(
                  target.arguments,
                  environment,
                  GuestText.bytes(name),
                  mapped.program,
                  mapped.base,
                  randomBytes(),
                  process.uid,
                  process.gid));
      if (space.mappedBytes() > kernel.limits.memory()) {
        throw new SysError(Errno.ENOMEM);
      }
      return new Ready(describe(space, mapped.program, stack), mapped.entry, stack.pointer());
    } catch (SysError e) {
      space.clear();
      throw e;
    } catch (MemoryFault e) {
      space.clear();
      throw new SysError(Errno.ENOMEM);
    }
  }

  /** Maps a program, its dynamic loader if it asks for one, and the stack. */
  private Mapped map(FileView view, ElfImage image, Target target, AddressSpace space) {
    ProgramLoader loader = new ProgramLoader(space);
    ProgramLoader.Loaded program = loader.load(image, Layout.PIE_BASE, target.path);
    long base = 0;
    long entry = program.entry();
    if (image.interpreter().isPresent()) {
      String path = image.interpreter().get();
      PathWalk.Place place = PathWalk.walk(view.root, view.current, path, true);
      ElfImage linker = ProgramLoader.parse(read(place.existing()), path);
      long span = ProgramLoader.span(linker) + LOADER_ALIGNMENT;
      base = space.highestGap(span, Layout.LOWEST, Layout.MAP_TOP) & -LOADER_ALIGNMENT;
      entry = loader.load(linker, base, place.path()).entry();
    }
    loader.mapStack(hasExecutableStack(image));
    return new Mapped(program, base, entry);
  }

  private byte[] randomBytes() {
    byte[] random = new byte[StartStack.RANDOM_BYTES];
    kernel.random.accept(random);
    return random;
  }

  private static ProcessMemory describe(
      AddressSpace space, ProgramLoader.Loaded program, StartStack.Placed stack) {
    ProcessMemory memory = new ProcessMemory(space);
    memory.breakStart = program.end() + AddressSpace.PAGE - 1 & -AddressSpace.PAGE;
    memory.breakEnd = memory.breakStart;
    memory.argumentStart = stack.argumentStart();
    memory.argumentEnd = stack.argumentEnd();
    memory.environmentEnd = stack.environmentEnd();
    memory.stackStart = stack.pointer();
    return memory;
  }

  private static boolean hasExecutableStack(ElfImage image) {
    return image.segments().stream()
        .anyMatch(s -> s.type() == Segment.PT_GNU_STACK && s.isExecutable());
  }

  /** Nothing fails from here on. */
  private void commit(Task task, Target target, Ready ready) {
    Process process = task.process;
    kernel.end.others(task);
    kernel.promote(task);
    if (process.memory != null) {
      kernel.end.releaseLocks(task);
    }
    ProcessMemory old = process.memory;
    process.memory = ready.memory;
    if (old != null) {
      kernel.release(old);
    }
    process.vforkParent = null;
    process.executable = target.node;
    process.executablePath = target.path;
    String name = target.path.substring(target.path.lastIndexOf('/') + 1);
    byte[] bytes = GuestText.bytes(name);
    process.name = GuestText.of(Arrays.copyOf(bytes, Math.min(Task.LONGEST_NAME, bytes.length)));
    if (process.files.users > 1) {
      FileTable own = process.files.fork();
      process.files.release();
      process.files = own;
    }
    process.files.closeForExec();
    process.timers.clear();
    process.actions = process.actions.fork();
    process.actions.forExec();
    task.name = process.name;
    task.altStack = AltStack.NONE;
    task.clearChildId = 0;
    task.robustList = 0;
    task.cpu.reset();
    task.cpu.memory = ready.memory.space;
    task.cpu.pc = ready.entry;
    task.cpu.x[CpuState.SP] = ready.stack;
  }
}
