package dev.axon64.linux;

import dev.axon64.linux.fs.HostInput;
import dev.axon64.linux.fs.HostOutput;
import dev.axon64.linux.fs.OpenFile;
import dev.axon64.linux.fs.StandardStreams;
import dev.axon64.linux.process.GuestClock;
import dev.axon64.linux.process.Limits;
import dev.axon64.linux.snapshot.LazyPages;
import dev.axon64.linux.snapshot.Snapshot;
import dev.axon64.machine.engine.Engine;
import dev.axon64.machine.memory.MemoryLimit;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

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
  boolean writable;

  InputStream stdin = new ByteArrayInputStream(new byte[0]);
  OutputStream stdout = OutputStream.nullOutputStream();
  OutputStream stderr = OutputStream.nullOutputStream();
  boolean terminalInput;
  boolean terminalOutput;
  boolean terminalError;

  boolean closedInput;
  boolean closedOutput;
  boolean closedError;

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

  /** Opens the three streams. */
  StandardStreams streams(HostInput input) {
    return new StandardStreams(
        closedInput ? null : input.open(terminalInput),
        closedOutput ? null : new HostOutput(stdout, 1, terminalOutput),
        closedError ? null : new HostOutput(stderr, 2, terminalError));
  }

  /** Opens the terminal that the standard streams are, or null if none of them is one. */
  OpenFile terminal(HostInput input) {
    if (terminalInput) {
      return input.open(true);
    }
    return terminalOutput ? new HostOutput(stdout, 1, true) : null;
  }
}
