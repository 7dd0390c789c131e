package dev.axon64.linux;

import dev.axon64.linux.abi.Flags;
import dev.axon64.linux.display.Display;
import dev.axon64.linux.display.XServer;
import dev.axon64.linux.fs.HostInput;
import dev.axon64.linux.fs.HostOutput;
import dev.axon64.linux.fs.OpenFile;
import dev.axon64.linux.fs.StandardStreams;
import dev.axon64.linux.process.GuestClock;
import dev.axon64.linux.process.Kernel;
import dev.axon64.linux.process.Limits;
import dev.axon64.linux.snapshot.LazyPages;
import dev.axon64.linux.snapshot.Snapshot;
import dev.axon64.linux.terminal.HostTerminal;
import dev.axon64.machine.engine.Engine;
import dev.axon64.machine.memory.MemoryLimit;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What a machine is built with; the methods of {@link LinuxMachine.Builder} describe each. */
final class Settings {
  final Supplier<? extends Engine> engines;

  String program;
  List<String> arguments = List.of();
  List<String> environment = List.of();
  String workingFolder = "/";
  int uid;
  int gid;

  Path rootFolder;
  Path sysroot;
  boolean writable;

  InputStream stdin = new ByteArrayInputStream(new byte[0]);
  OutputStream stdout = OutputStream.nullOutputStream();
  OutputStream stderr = OutputStream.nullOutputStream();
  boolean terminalInput;
  boolean terminalOutput;
  boolean terminalError;
  HostTerminal hostTerminal = HostTerminal.NONE;
  boolean expectsSignals;

  boolean closedInput;
  boolean closedOutput;
  boolean closedError;

  Display display;
  Limits limits = Limits.DEFAULT;
  boolean flatMemory;
  boolean hostNetwork;
  GuestClock clock = GuestClock.host();
  Consumer<byte[]> random = new SecureRandom()::nextBytes;

  Consumer<String> messages = line -> {};
  Consumer<String> strace;
  Disassembler disassembler = (word, address) -> "";

  long snapshotAfter = Long.MAX_VALUE;
  Path snapshotFile;
  Snapshot restored;
  LazyPages pages;

  Settings(Supplier<? extends Engine> engines) {
    this.engines = engines;
  }

  /** The limit on the memory of all processes. */
  MemoryLimit memoryLimit() {
    return flatMemory ? MemoryLimit.flat(limits.memory()) : new MemoryLimit(limits.memory());
  }

  /** The clock of a machine that may have run before the snapshot that it restores. */
  GuestClock machineClock() {
    return restored == null ? clock : GuestClock.startedBefore(clock, restored.image().monotonic());
  }

  /** The environment, which also tells where the display is. */
  List<String> environment() {
    if (display == null) {
      return environment;
    }
    String name = XServer.VARIABLE.substring(0, XServer.VARIABLE.indexOf('=') + 1);
    boolean own = environment.stream().anyMatch(each -> each.startsWith(name));
    Stream<String> told = own ? Stream.empty() : Stream.of(XServer.VARIABLE);
    return Stream.concat(environment.stream(), told).toList();
  }

  /** Opens the three streams. */
  StandardStreams streams(Kernel kernel) {
    return new StandardStreams(
        closedInput ? null : terminalInput ? terminal(kernel) : kernel.input.open(),
        closedOutput ? null : terminalOutput ? terminal(kernel) : new HostOutput(stdout, 1),
        closedError ? null : terminalError ? terminal(kernel) : new HostOutput(stderr, 2));
  }

  private static OpenFile terminal(Kernel kernel) {
    return kernel.console.open(Flags.O_RDWR | Flags.O_NOCTTY);
  }

  /** Whether the machine has a terminal of its own. */
  boolean hasTerminal() {
    return terminalInput || terminalOutput || terminalError;
  }

  /** What is typed on the machine's terminal. */
  HostInput keyboard(HostInput input) {
    if (terminalInput) {
      return input;
    }
    HostInput keys = new HostInput(new Keyboard(hostTerminal));
    keys.atArrival(input::wake);
    return keys;
  }

  /** A host's keyboard, which is opened when it is read. */
  private static final class Keyboard extends InputStream {
    private final HostTerminal terminal;
    private InputStream open;

    Keyboard(HostTerminal terminal) {
      this.terminal = terminal;
    }

    private InputStream open() throws IOException {
      if (open == null) {
        open = terminal.keyboard();
      }
      return open;
    }

    @Override
    public int read() throws IOException {
      return open().read();
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
      return open().read(to, offset, length);
    }
  }

  /** Where what is shown on the machine's terminal goes. */
  OutputStream screen() {
    return terminalOutput || !terminalError ? stdout : stderr;
  }
}
