package dev.axon64.metal.guest;

import dev.axon64.machine.elf.ElfImage;
import dev.axon64.machine.elf.SegmentLoader;
import dev.axon64.machine.engine.Engine;
import dev.axon64.machine.engine.Stop;
import dev.axon64.machine.memory.AddressSpace;
import dev.axon64.machine.memory.MemoryLimit;
import dev.axon64.machine.state.CpuState;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A program without a C library in a memory of its own, that only writes and exits. */
final class GuestProgram {
  private static final long STACK = 0x7fff_0000L;
  private static final long STACK_BYTES = 0x1_0000;
  private static final int WRITE = 64;

  private final CpuState cpu = new CpuState();
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();

  private GuestProgram(byte[] elf, String name) {
    ElfImage image = ElfImage.parse(elf, name);
    cpu.memory = new AddressSpace(new MemoryLimit(1 << 24));
    SegmentLoader.load(image, cpu.memory, name);
    cpu.memory.map(STACK, STACK_BYTES, AddressSpace.READ | AddressSpace.WRITE, "stack");
    cpu.x[CpuState.SP] = STACK + STACK_BYTES - 16;
    cpu.pc = image.entry();
  }

  /** The demo program. */
  static GuestProgram sieve() {
    try (InputStream in = ElfImage.class.getResourceAsStream("/dev/axon64/guests/demo/sieve")) {
      return new GuestProgram(in.readAllBytes(), "sieve");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where the program of that name in the guests' folder is. */
  static Path guest(String name) {
    return Path.of(System.getProperty("axon64.root"), "runtime/guests/prebuilt/linux", name);
  }

  /** The SHA-256 of 64 KiB. */
  static GuestProgram sha256() {
    try {
      return new GuestProgram(Files.readAllBytes(guest("sha256")), "sha256");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  CpuState cpu() {
    return cpu;
  }

  String output() {
    return output.toString(StandardCharsets.UTF_8);
  }

  /** Every byte that can be read. */
  byte[] memory() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    cpu.memory.mappings().forEach(m -> all.writeBytes(cpu.memory.read(m.start(), (int) m.size())));
    return all.toByteArray();
  }

  /** Whether the program goes on; anything but writing ends it. */
  boolean serve(CpuState caller) {
    if (caller.x[8] != WRITE) {
      return false;
    }
    output.writeBytes(cpu.memory.read(cpu.x[1], (int) cpu.x[2]));
    cpu.x[0] = cpu.x[2];
    return true;
  }

  /** Runs until it exits or something stops it. */
  GuestShader.End run(Engine engine, long budget) {
    long executed = 0;
    while (true) {
      Stop stop = engine.run(cpu, budget - executed);
      executed += engine.executed();
      if (!(stop instanceof Stop.SystemCall) || !serve(cpu)) {
        return new GuestShader.End(stop, executed);
      }
    }
  }
}
