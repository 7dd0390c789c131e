package dev.axon64.linux;

import dev.axon64.codegen.network.Network;
import dev.axon64.codegen.support.AtomicFiles;
import dev.axon64.codegen.support.InputException;
import dev.axon64.linux.ExitStatus.Ending;
import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.Signals;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.call.Syscalls;
import dev.axon64.linux.fs.Devices;
import dev.axon64.linux.fs.DirectoryNode;
import dev.axon64.linux.fs.HostInput;
import dev.axon64.linux.fs.HostOutput;
import dev.axon64.linux.fs.HostTree;
import dev.axon64.linux.fs.MemoryFile;
import dev.axon64.linux.fs.MemoryFolder;
import dev.axon64.linux.fs.MemoryStore;
import dev.axon64.linux.fs.OpenFile;
import dev.axon64.linux.fs.PathWalk;
import dev.axon64.linux.fs.RootDirectory;
import dev.axon64.linux.proc.ProcTree;
import dev.axon64.linux.process.FileTable;
import dev.axon64.linux.process.FileView;
import dev.axon64.linux.process.GuestClock;
import dev.axon64.linux.process.Kernel;
import dev.axon64.linux.process.Limits;
import dev.axon64.linux.process.Process;
import dev.axon64.linux.process.Task;
import dev.axon64.linux.signal.SignalActions;
import dev.axon64.linux.snapshot.Capture;
import dev.axon64.linux.snapshot.LazyPages;
import dev.axon64.linux.snapshot.Restoration;
import dev.axon64.linux.snapshot.Snapshot;
import dev.axon64.linux.start.ProgramStart;
import dev.axon64.machine.elf.ElfImage;
import dev.axon64.machine.engine.Engine;
import dev.axon64.machine.engine.Engines;
import dev.axon64.machine.state.CpuState;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Runs one Linux program and the processes it makes. A machine runs once, on the thread that calls
 * {@link #run}; {@link Thread#interrupt} ends it.
 */
public final class LinuxMachine {
  /** For files in memory that exist before the program runs. */
  private static final long SPARE = 1 << 20;

  private final Builder b;
  private final Kernel kernel;
  private final RootDirectory root = new RootDirectory();
  private final HostInput input;

  /** The program, if the guest sees no other file, and the store that it lies in. */
  private Capture.Program lone;

  private MemoryStore loneStore;

  /** Bytes that files in memory may take before the program has made any. */
  private long room;

  private boolean hasRun;

  private LinuxMachine(Builder b) {
    this.b = b;
    this.input = new HostInput(b.stdin);
    this.kernel =
        new Kernel(
            b.limits,
            b.restored == null
                ? b.clock
                : GuestClock.startedBefore(b.clock, b.restored.image().monotonic()),
            root,
            new MemoryStore(b.limits.temporary(), b.uid, b.gid),
            input,
            b.random,
            b.messages);
  }

  /**
   * Settings for a machine that dispatches by page.
   *
   * @param network the model that dispatches, as from {@code Models.shipped("a64")}
   */
  public static Builder under(Network network) {
    return new Builder(Engines.of(Engines.Policy.PAGE, Engines.dispatchers(network), null));
  }

  /** Settings for a machine. What is not set stays as described at each method. */
  public static final class Builder {
    private final Supplier<? extends Engine> engines;
    private String program;
    private List<String> arguments = List.of();
    private List<String> environment = List.of();
    private Path rootFolder;
    private boolean writable;
    private InputStream stdin = new ByteArrayInputStream(new byte[0]);
    private OutputStream stdout = OutputStream.nullOutputStream();
    private OutputStream stderr = OutputStream.nullOutputStream();
    private boolean terminalInput;
    private boolean terminalOutput;
    private boolean terminalError;
    private Limits limits = Limits.DEFAULT;
    private GuestClock clock = GuestClock.host();
    private Consumer<byte[]> random = new SecureRandom()::nextBytes;
    private Consumer<String> messages = line -> {};
    private Consumer<String> strace;
    private Disassembler disassembler = (word, address) -> "";
    private String folder = "/";
    private int uid;
    private int gid;
    private long snapshotAfter = Long.MAX_VALUE;
    private Path snapshotFile;
    private Snapshot restored;
    private LazyPages pages;

    /**
     * A machine whose processes run on these engines.
     *
     * @param engines makes one for each memory
     */
    public Builder(Supplier<? extends Engine> engines) {
      this.engines = engines;
    }

    /** The program: a file of the host, or with a root folder, a path in it. Must be set. */
    public Builder program(String path) {
      program = path;
      return this;
    }

    /** argv from 1 on; argv[0] is the program as it was given. */
    public Builder arguments(List<String> list) {
      arguments = List.copyOf(list);
      return this;
    }

    /** The environment, as {@code NAME=value}. Empty unless set. */
    public Builder environment(List<String> list) {
      environment = List.copyOf(list);
      return this;
    }

    /** The folder of the host that the guest sees. Without it only the program is there. */
    public Builder root(Path folder) {
      rootFolder = folder;
      return this;
    }

    /** Whether the guest may change its root. Otherwise it can only write to /tmp and /dev/shm. */
    public Builder writable(boolean may) {
      writable = may;
      return this;
    }

    /** The working folder in the guest's view; / unless set. */
    public Builder workingFolder(String path) {
      folder = path;
      return this;
    }

    /** Standard input; empty unless set. It is read only when the guest reads. */
    public Builder stdin(InputStream stream) {
      stdin = stream;
      return this;
    }

    /** Standard output; discarded unless set. Flushed after each write, never closed. */
    public Builder stdout(OutputStream stream) {
      stdout = stream;
      return this;
    }

    /** Standard error; likewise. */
    public Builder stderr(OutputStream stream) {
      stderr = stream;
      return this;
    }

    /** Which of the three streams the guest is told are terminals; none unless set. */
    public Builder terminals(boolean input, boolean output, boolean error) {
      terminalInput = input;
      terminalOutput = output;
      terminalError = error;
      return this;
    }

    /** What the machine may use; {@link Limits#DEFAULT} unless set. */
    public Builder limits(Limits most) {
      limits = most;
      return this;
    }

    /** The guest's time; the host's unless set. */
    public Builder clock(GuestClock guestClock) {
      clock = guestClock;
      return this;
    }

    /** Makes all random bytes follow from a seed. */
    public Builder seed(long seed) {
      random = new Random(seed)::nextBytes;
      return this;
    }

    /** Takes warnings and reports of faults, a line each; discarded unless set. */
    public Builder messages(Consumer<String> lines) {
      messages = lines;
      return this;
    }

    /** Takes a line for each system call, as strace writes it. */
    public Builder strace(Consumer<String> lines) {
      strace = lines;
      return this;
    }

    /** Writes the instruction in a report of a fault. */
    public Builder disassembler(Disassembler text) {
      disassembler = text;
      return this;
    }

    /** Who the guest is; 0 and 0, the superuser of its root, unless set. */
    public Builder user(int userId, int groupId) {
      uid = userId;
      gid = groupId;
      return this;
    }

    /**
     * Ends the run after so many instructions, of all processes, and writes a snapshot. The run
     * then ends as {@link Ending#SNAPSHOT}.
     */
    public Builder snapshot(long instructions, Path file) {
      snapshotAfter = instructions;
      snapshotFile = file;
      return this;
    }

    /**
     * Goes on with a snapshot's guest in place of starting a program: program, arguments,
     * environment, working folder and user are the snapshot's. The root folder must be the one that
     * it was taken with.
     *
     * @param lazy brings its pages; the machine does not close it
     */
    public Builder restore(Snapshot snapshot, LazyPages lazy) {
      restored = snapshot;
      pages = lazy;
      return this;
    }

    /** The machine. */
    public LinuxMachine build() {
      if (program == null && restored == null) {
        throw new IllegalStateException("no program");
      }
      return new LinuxMachine(this);
    }
  }

  /**
   * Runs the program until it has ended; its other processes end with it.
   *
   * @throws InputException if the program, the snapshot or the root cannot be used, or no snapshot
   *     can be taken
   */
  public ExitStatus run() {
    if (hasRun) {
      throw new IllegalStateException("a machine runs once");
    }
    hasRun = true;
    String path = mount();
    room = roomForFiles();
    if (b.restored == null) {
      start(path);
    } else {
      restore();
    }
    Syscalls calls = new Syscalls(kernel, b.strace);
    FaultReport reports = new FaultReport(b.disassembler);
    Scheduler scheduler = new Scheduler(kernel, calls, b.engines, reports, b.messages);
    if (b.restored != null) {
      scheduler.goOn(b.restored.image().turn());
    }
    scheduler.snapshotAt(b.snapshotAfter);
    Ending ending = scheduler.run();
    if (ending == Ending.SNAPSHOT) {
      takeSnapshot(scheduler.leftOver());
    }
    int status = kernel.first.status;
    finish();
    return exit(ending, status);
  }

  private void takeSnapshot(long turn) {
    if (roomForFiles() != room) {
      throw Capture.refusal("has files in /tmp, /dev/shm or other places that are in memory");
    }
    Capture.write(kernel, turn, lone, b.snapshotFile);
  }

  private long roomForFiles() {
    return kernel.temporary.free() + (loneStore == null ? 0 : loneStore.free());
  }

  private void restore() {
    Restoration.Streams streams =
        new Restoration.Streams(
            input.open(b.terminalInput),
            new HostOutput(b.stdout, 1, b.terminalOutput),
            new HostOutput(b.stderr, 2, b.terminalError));
    Task task = Restoration.restore(kernel, b.restored, b.pages, streams);
    task.cpu.host = new MachineHost(kernel.clock);
  }

  /** Ends what is left, so that files are closed and shared mappings written back. */
  private void finish() {
    for (Process process : List.copyOf(kernel.processes.values())) {
      kernel.end.process(process, Signals.SIGKILL);
    }
  }

  private ExitStatus exit(Ending ending, int status) {
    long instructions = kernel.instructions;
    if (ending == null) {
      int signal = status & 0x7f;
      return new ExitStatus(
          signal == 0 ? Ending.EXITED : Ending.SIGNALLED, status >> 8, signal, instructions);
    }
    int signal =
        switch (ending) {
          case MISDISPATCH -> Signals.SIGILL;
          case INSTRUCTION_LIMIT -> Signals.SIGXCPU;
          case INTERRUPTED -> Signals.SIGINT;
          case SNAPSHOT -> 0;
          default -> Signals.SIGKILL;
        };
    return new ExitStatus(ending, 0, signal, instructions);
  }

  /** Builds the tree of files; returns the program's path in it. */
  private String mount() {
    String path = b.program;
    boolean ownTemporary = true;
    checkRoot();
    if (b.rootFolder != null) {
      try {
        root.setBase(new HostTree(b.rootFolder, b.writable, root).top());
      } catch (IOException e) {
        throw new InputException(
            b.rootFolder.toString(), "cannot be used as the root; give a folder that exists", e);
      }
      ownTemporary = !(b.writable && Files.isDirectory(b.rootFolder.resolve("tmp")));
    } else {
      path = lone();
    }
    root.mount("dev", Devices.folder(kernel.temporary, root, b.random, this::terminal));
    root.mount("proc", ProcTree.of(kernel));
    if (ownTemporary) {
      root.mount("tmp", new MemoryFolder(kernel.temporary, root, "tmp", 01777));
    }
    return path;
  }

  private void checkRoot() {
    if (b.restored != null && (b.restored.image().lone() == null) != (b.rootFolder != null)) {
      throw new InputException(
          b.restored.file().toString(),
          b.rootFolder == null
              ? "was taken with a root folder; give the same --root"
              : "was taken without a root folder; leave out --root");
    }
  }

  /** A root with nothing but the program, at its own name. */
  private String lone() {
    if (b.restored == null) {
      Path file = Path.of(b.program);
      byte[] read = AtomicFiles.read(file, ElfImage.MOST_BYTES);
      lone = new Capture.Program(file.getFileName().toString(), read);
    } else {
      lone = Restoration.program(b.restored);
    }
    byte[] bytes = lone.bytes();
    MemoryStore store =
        new MemoryStore(
            b.writable ? b.limits.temporary() + bytes.length + SPARE : bytes.length + SPARE,
            b.uid,
            b.gid);
    MemoryFolder base = new MemoryFolder(store, root, "", 0755);
    String name = lone.name();
    base.put(name, new MemoryFile(store, 0755, bytes));
    if (!b.writable) {
      store.seal();
    }
    root.setBase(base);
    loneStore = store;
    return "/" + name;
  }

  private OpenFile terminal() {
    if (b.terminalInput) {
      return input.open(true);
    }
    return b.terminalOutput ? new HostOutput(b.stdout, 1, true) : null;
  }

  private void start(String path) {
    Process process = new Process(kernel.newId(), null, 0);
    process.group = process.id;
    process.session = process.id;
    process.uid = b.uid;
    process.gid = b.gid;
    process.files = new FileTable(b.limits.files());
    process.files.set(0, input.open(b.terminalInput), false);
    process.files.set(1, new HostOutput(b.stdout, 1, b.terminalOutput), false);
    process.files.set(2, new HostOutput(b.stderr, 2, b.terminalError), false);
    process.view = new FileView(root, root, 022);
    process.actions = new SignalActions();
    CpuState cpu = new CpuState();
    Task task = new Task(process.id, process, cpu);
    kernel.add(process, task);
    kernel.first = process;
    kernel.current = process;
    List<byte[]> arguments = new ArrayList<>();
    arguments.add(b.program.getBytes(StandardCharsets.UTF_8));
    b.arguments.forEach(a -> arguments.add(a.getBytes(StandardCharsets.UTF_8)));
    List<byte[]> environment =
        b.environment.stream().map(v -> v.getBytes(StandardCharsets.UTF_8)).toList();
    try {
      if (PathWalk.walk(root, root, b.folder, true).existing() instanceof DirectoryNode current) {
        process.view.current = current;
      }
      PathWalk.Place place = PathWalk.walk(root, process.view.current, path, true);
      new ProgramStart(kernel).exec(task, place, path, arguments, environment);
    } catch (SysError e) {
      throw new InputException(b.program, refusal(path, e.errno));
    }
    cpu.host = new MachineHost(kernel.clock);
  }

  /** Why a program could not be started. */
  private String refusal(String path, int errno) {
    return switch (errno) {
      case Errno.ENOENT ->
          b.rootFolder == null
              ? "or the dynamic loader that it asks for is not there; give a statically linked"
                  + " program, or a --root with its libraries"
              : path + " or the loader that it asks for is not in the root folder";
      case Errno.EACCES -> "may not be executed; set its x permission";
      case Errno.ENOEXEC -> {
        if (b.rootFolder == null) {
          ElfImage.read(Path.of(b.program)); // tells what is wrong with it
        }
        yield "is no program for AArch64 Linux; give an ELF executable";
      }
      case Errno.ENOMEM -> "does not fit in the memory limit; raise it";
      default -> "cannot be started: " + Errno.name(errno);
    };
  }
}
