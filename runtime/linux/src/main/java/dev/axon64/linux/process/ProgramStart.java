package dev.axon64.linux.process;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.Flags;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.fs.DirectoryNode;
import dev.axon64.linux.fs.FileBody;
import dev.axon64.linux.fs.FileNode;
import dev.axon64.linux.fs.Node;
import dev.axon64.linux.fs.PathWalk;
import dev.axon64.linux.signal.AltStack;
import dev.axon64.linux.start.Layout;
import dev.axon64.linux.start.ProgramLoader;
import dev.axon64.linux.start.StartStack;
import dev.axon64.machine.elf.ElfImage;
import dev.axon64.machine.elf.Segment;
import dev.axon64.machine.memory.AddressSpace;
import dev.axon64.machine.memory.MemoryFault;
import dev.axon64.machine.state.CpuState;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Lets a process run another program (execve). */
public final class ProgramStart {
  private static final int MOST_SCRIPTS = 4;
  private static final int SCRIPT_LINE = 255;

  private final Kernel kernel;

  public ProgramStart(Kernel kernel) {
    this.kernel = kernel;
  }

  /** A file to be run, and how scripts on the way have changed the arguments. */
  private record Target(Node node, String path, byte[] bytes, List<byte[]> arguments) {}

  /** A program in a memory of its own, ready to begin. */
  private record Ready(ProcessMemory memory, long entry, long stack) {}

  /**
   * Replaces the program of a thread's process. If it fails, nothing has changed.
   *
   * @param place what the path led to
   * @param path as the caller gave it
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
    int end = 2;
    while (end < bytes.length && end < SCRIPT_LINE && bytes[end] != '\n') {
      end++;
    }
    String line = new String(bytes, 2, end - 2, StandardCharsets.UTF_8).strip();
    if (line.isEmpty()) {
      throw new SysError(Errno.ENOEXEC);
    }
    String[] parts = line.split("[ \t]+", 2);
    List<byte[]> changed = new ArrayList<>();
    for (String part : parts) {
      changed.add(part.getBytes(StandardCharsets.UTF_8));
    }
    changed.add(path.getBytes(StandardCharsets.UTF_8));
    changed.addAll(arguments.subList(1, arguments.size()));
    PathWalk.Place interpreter = PathWalk.walk(view.root, view.current, parts[0], true);
    return target(view, interpreter, parts[0], changed, depth + 1);
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
      ProgramLoader loader = new ProgramLoader(space);
      ProgramLoader.Loaded program = loader.load(image, Layout.PIE_BASE, target.path);
      ProgramLoader.Loaded first = program;
      long base = 0;
      if (image.interpreter().isPresent()) {
        String path = image.interpreter().get();
        PathWalk.Place place = PathWalk.walk(process.view.root, process.view.current, path, true);
        ElfImage linker = ProgramLoader.parse(read(place.existing()), path);
        long span = ProgramLoader.span(linker) + (1 << 16);
        base = space.highestGap(span, Layout.LOWEST, Layout.MAP_TOP) & -(1L << 16);
        first = loader.load(linker, base, place.path());
      }
      loader.mapStack(hasExecutableStack(image));
      byte[] random = new byte[16];
      kernel.random.accept(random);
      StartStack.Placed stack =
          StartStack.write(
              space,
              new StartStack.Contents(
                  target.arguments,
                  environment,
                  name.getBytes(StandardCharsets.UTF_8),
                  program,
                  base,
                  random,
                  process.uid,
                  process.gid));
      if (space.mappedBytes() > kernel.limits.memory()) {
        throw new SysError(Errno.ENOMEM);
      }
      return new Ready(describe(space, program, stack), first.entry(), stack.pointer());
    } catch (SysError e) {
      space.clear();
      throw e;
    } catch (MemoryFault e) {
      space.clear();
      throw new SysError(Errno.ENOMEM);
    }
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

  private void commit(Task task, Target target, Ready ready) {
    Process process = task.process;
    kernel.end.others(task);
    kernel.promote(task);
    ProcessMemory old = process.memory;
    process.memory = ready.memory;
    if (old != null) {
      old.release();
      if (old.users == 0) {
        kernel.memoryGone.accept(old);
      }
    }
    process.vforkParent = null;
    process.executable = target.node;
    process.executablePath = target.path;
    String path = target.path;
    process.name = path.substring(path.lastIndexOf('/') + 1);
    process.name = process.name.substring(0, Math.min(15, process.name.length()));
    if (process.files.users > 1) {
      FileTable own = process.files.fork();
      process.files.release();
      process.files = own;
    }
    process.files.closeForExec();
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
