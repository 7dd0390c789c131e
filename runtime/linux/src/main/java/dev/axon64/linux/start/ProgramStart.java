package dev.axon64.linux.start;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.GuestText;
import dev.axon64.linux.abi.Layout;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.fs.Node;
import dev.axon64.linux.fs.PathWalk;
import dev.axon64.linux.identity.Identity;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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
  private record Target(
      Node node, String path, ProgramFile file, byte[] bytes, List<byte[]> arguments) {}

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
    Target target = target(task, place, path, given, 0);
    try (target.file) {
      Ready ready = load(task, target, path, environment);
      commit(task, target, ready);
    }
  }

  private Target target(
      Task task, PathWalk.Place place, String path, List<byte[]> arguments, int depth) {
    ProgramFile file = ProgramFile.open(place.existing(), task.identity);
    try {
      byte[] bytes = file.read(kernel.limits.memory());
      if (bytes.length < 2 || bytes[0] != '#' || bytes[1] != '!') {
        String shown = place.path().isEmpty() ? path : place.path();
        Target target = new Target(place.node(), shown, file, bytes, arguments);
        file = null; // the target has it now
        return target;
      }
      return interpreted(task, bytes, path, arguments, depth);
    } finally {
      if (file != null) {
        file.close();
      }
    }
  }

  private Target interpreted(
      Task task, byte[] bytes, String path, List<byte[]> arguments, int depth) {
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
    PathWalk.Place next = walk(task, interpreter[0]);
    return target(task, next, interpreter[0], changed, depth + 1);
  }

  private static PathWalk.Place walk(Task task, String path) {
    FileView view = task.process.view;
    return PathWalk.walk(view.root, view.current, path, new PathWalk.Rules(task.identity, true));
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

  private byte[] read(Node node, Identity who) {
    try (ProgramFile file = ProgramFile.open(node, who)) {
      return file.read(kernel.limits.memory());
    }
  }

  private Ready load(Task task, Target target, String name, List<byte[]> environment) {
    ElfImage image = ProgramLoader.parse(target.bytes, target.path);
    AddressSpace space = new AddressSpace(kernel.memoryLimit);
    try {
      Map<String, Node> files = new HashMap<>();
      files.put(target.path, target.node);
      Mapped mapped = map(task, image, target, space, files);
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
                  target.file.identity(task.identity)));
      if (space.mappedBytes() > kernel.limits.memory()) {
        throw new SysError(Errno.ENOMEM);
      }
      ProcessMemory memory = describe(space, mapped.program, stack);
      memory.programFiles.putAll(files);
      return new Ready(memory, mapped.entry, stack.pointer());
    } catch (SysError e) {
      space.clear();
      throw e;
    } catch (MemoryFault e) {
      space.clear();
      throw new SysError(Errno.ENOMEM);
    }
  }

  /** Maps a program, its dynamic loader if it asks for one, and the stack. */
  private Mapped map(
      Task task, ElfImage image, Target target, AddressSpace space, Map<String, Node> files) {
    ProgramLoader loader = new ProgramLoader(space);
    ProgramLoader.Loaded program = loader.load(image, Layout.PIE_BASE, target.path);
    long base = 0;
    long entry = program.entry();
    if (image.interpreter().isPresent()) {
      String path = image.interpreter().get();
      PathWalk.Place place = walk(task, path);
      ElfImage linker = ProgramLoader.parse(read(place.existing(), task.identity), path);
      files.put(place.path(), place.node());
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

  /** A program that acts for somebody else, or must not be read, keeps what it has to itself. */
  private static void becomeProgram(Task task, ProgramFile file) {
    Identity before = task.identity;
    Identity next = file.identity(before);
    boolean open = !next.isSecure() && !next.differsInRights(before) && file.isReadable(before);
    task.become(next);
    task.process.dumpable = open;
    if (next.isSecure()) {
      task.process.deathSignal = 0;
    }
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
    ready.memory.program = target.file.run();
    if (old != null) {
      kernel.release(old);
    }
    process.vforkParent = null;
    process.hasExecuted = true;
    becomeProgram(task, target.file);
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
    task.tagsPointers = false;
    task.cpu.reset();
    task.cpu.memory = ready.memory.space;
    task.cpu.pc = ready.entry;
    task.cpu.x[CpuState.SP] = ready.stack;
  }
}
