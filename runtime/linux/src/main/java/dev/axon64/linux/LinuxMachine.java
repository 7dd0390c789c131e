package dev.axon64.linux;

import dev.axon64.codegen.network.Network;
import dev.axon64.codegen.support.InputException;
import dev.axon64.linux.display.Display;
import dev.axon64.linux.fs.HostInput;
import dev.axon64.linux.fs.MemoryStore;
import dev.axon64.linux.fs.RootDirectory;
import dev.axon64.linux.net.HostNet;
import dev.axon64.linux.process.GuestClock;
import dev.axon64.linux.process.Kernel;
import dev.axon64.linux.process.Limits;
import dev.axon64.linux.snapshot.LazyPages;
import dev.axon64.linux.snapshot.Snapshot;
import dev.axon64.linux.terminal.HostTerminal;
import dev.axon64.machine.engine.Engine;
import dev.axon64.machine.engine.Engines;
import dev.axon64.machine.memory.MemoryLimit;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Runs one Linux program and the processes it makes. A machine runs once, on the thread that calls
 * {@link #run}; {@link Thread#interrupt} ends it.
 */
public final class LinuxMachine {
  private final Settings settings;
  private final Kernel kernel;
  private boolean hasRun;

  private LinuxMachine(Settings settings) {
    this.settings = settings;
    MemoryLimit memory = settings.memoryLimit();
    this.kernel =
        new Kernel(
            settings.limits,
            memory,
            settings.machineClock(),
            new RootDirectory(),
            new MemoryStore(settings.limits.temporary(), settings.uid, settings.gid, memory),
            new HostInput(settings.stdin),
            settings.random,
            settings.messages);
  }

  /**
   * Begins a machine that dispatches by page.
   *
   * @param network the model that dispatches, as from {@code Models.shipped("a64")}
   */
  public static Builder under(Network network) {
    return new Builder(Engines.of(Engines.Policy.PAGE, Engines.dispatchers(network), null));
  }

  /** Collects what a machine is built with. Each method says what holds if it is not called. */
  public static final class Builder {
    private final Settings settings;

    /**
     * Begins a machine whose processes run on these engines.
     *
     * @param engines makes one for each address space
     */
    public Builder(Supplier<? extends Engine> engines) {
      settings = new Settings(engines);
    }

    /** The program, which must be set: a file of the host, or a path in the root folder. */
    public Builder program(String path) {
      settings.program = path;
      return this;
    }

    /** The arguments behind argv[0], which is the program as it was given; none unless set. */
    public Builder arguments(List<String> list) {
      settings.arguments = List.copyOf(list);
      return this;
    }

    /** The environment as {@code NAME=value}; empty unless set. */
    public Builder environment(List<String> list) {
      settings.environment = List.copyOf(list);
      return this;
    }

    /**
     * The folder of the host that is the guest's root. Unless set the guest sees its program only.
     */
    public Builder root(Path folder) {
      settings.rootFolder = folder;
      return this;
    }

    /**
     * A folder of the host in which the guest's absolute paths are looked for before its root, and
     * which it cannot change; none unless set.
     */
    public Builder sysroot(Path folder) {
      settings.sysroot = folder;
      return this;
    }

    /** Whether the guest may change its root; unless set it can write to /tmp and /dev/shm only. */
    public Builder writable(boolean may) {
      settings.writable = may;
      return this;
    }

    /**
     * Whether the guest's memory lies outside the JVM's heap if the JVM {@linkplain
     * dev.axon64.machine.memory.RawMemory#available allows} that, where translated code is faster
     * and lanes are slower; not unless set.
     */
    public Builder flatMemory(boolean flat) {
      settings.flatMemory = flat;
      return this;
    }

    /**
     * Whether sockets of the Internet are the host's. Unless set, guests of one machine reach one
     * another on the loopback addresses and nobody else.
     */
    public Builder hostNetwork(boolean may) {
      settings.hostNetwork = may;
      return this;
    }

    /** The display that guests draw on as {@code :0}; none unless set. */
    public Builder display(Display shown) {
      settings.display = shown;
      return this;
    }

    /** The working folder as a path of the guest; / unless set. */
    public Builder workingFolder(String path) {
      settings.workingFolder = path;
      return this;
    }

    /** Standard input, read when the guest reads it; empty unless set. */
    public Builder stdin(InputStream stream) {
      settings.stdin = stream;
      return this;
    }

    /** Standard output, flushed after each write and never closed; discarded unless set. */
    public Builder stdout(OutputStream stream) {
      settings.stdout = stream;
      return this;
    }

    /** Standard error, flushed after each write and never closed; discarded unless set. */
    public Builder stderr(OutputStream stream) {
      settings.stderr = stream;
      return this;
    }

    /** Which of the three streams are terminals to the guest; none unless set. */
    public Builder terminals(boolean input, boolean output, boolean error) {
      settings.terminalInput = input;
      settings.terminalOutput = output;
      settings.terminalError = error;
      return this;
    }

    /** Which of the three streams are closed to the guest; none unless set. */
    public Builder closed(boolean input, boolean output, boolean error) {
      settings.closedInput = input;
      settings.closedOutput = output;
      settings.closedError = error;
      return this;
    }

    /**
     * The host's terminal, if the streams that are terminals to the guest are one; unless set they
     * are all there is, as for a terminal emulator.
     */
    public Builder hostTerminal(HostTerminal terminal) {
      settings.hostTerminal = terminal;
      return this;
    }

    /**
     * Whether somebody may {@link LinuxMachine#signal} the guest, so that one that only waits for a
     * signal goes on waiting; not unless set.
     */
    public Builder expectSignals(boolean may) {
      settings.expectsSignals = may;
      return this;
    }

    /** How much the machine may use; {@link Limits#DEFAULT} unless set. */
    public Builder limits(Limits most) {
      settings.limits = most;
      return this;
    }

    /** The guest's clock; one that shows the host's time unless set. */
    public Builder clock(GuestClock guestClock) {
      settings.clock = guestClock;
      return this;
    }

    /** Derives all random bytes from a seed; unless set they differ in every run. */
    public Builder seed(long seed) {
      settings.random = new Random(seed)::nextBytes;
      return this;
    }

    /** Where warnings and reports of faults go, line by line; discarded unless set. */
    public Builder messages(Consumer<String> lines) {
      settings.messages = lines;
      return this;
    }

    /** Where one line for each system call goes, as strace writes it; nowhere unless set. */
    public Builder strace(Consumer<String> lines) {
      settings.strace = lines;
      return this;
    }

    /** How reports of faults show the instruction; as its bits only unless set. */
    public Builder disassembler(Disassembler text) {
      settings.disassembler = text;
      return this;
    }

    /** The user and group that the guest runs as; 0 and 0, the superuser, unless set. */
    public Builder user(int userId, int groupId) {
      settings.uid = userId;
      settings.gid = groupId;
      return this;
    }

    /**
     * Ends the run after so many instructions of all processes and writes a snapshot. The run then
     * ends as {@link ExitStatus.Ending#SNAPSHOT}.
     */
    public Builder snapshot(long instructions, Path file) {
      settings.snapshotAfter = instructions;
      settings.snapshotFile = file;
      return this;
    }

    /**
     * Continues a snapshot's guest instead of starting a program. Program, arguments, environment,
     * working folder and user are the snapshot's; the root folder must be the one that it was taken
     * with.
     *
     * @param lazy brings the guest's pages; the machine does not close it
     */
    public Builder restore(Snapshot snapshot, LazyPages lazy) {
      settings.restored = snapshot;
      settings.pages = lazy;
      return this;
    }

    /** Makes the machine. */
    public LinuxMachine build() {
      if (settings.program == null && settings.restored == null) {
        throw new IllegalStateException("no program");
      }
      return new LinuxMachine(settings);
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
    if (!settings.hostNetwork) {
      return new MachineRun(settings, kernel).execute();
    }
    try (HostNet net = new HostNet()) {
      kernel.network.useHost(net);
      kernel.input.atArrival(net::wakeUp);
      return new MachineRun(settings, kernel).execute();
    }
  }

  /**
   * Sends the guest a signal, from any thread: SIGINT, SIGQUIT, SIGTSTP and SIGWINCH as from its
   * terminal, all others to the first process. Two SIGINT within a second end the run.
   *
   * @param number as AArch64 Linux has it
   */
  public void signal(int number) {
    kernel.hostSignals.send(number);
  }
}
