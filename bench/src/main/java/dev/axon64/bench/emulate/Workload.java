package dev.axon64.bench.emulate;

import dev.axon64.codegen.support.AtomicFiles;
import dev.axon64.machine.elf.ElfImage;
import dev.axon64.machine.elf.SegmentLoader;
import dev.axon64.machine.memory.AddressSpace;
import dev.axon64.machine.memory.MemoryLimit;
import dev.axon64.machine.state.CpuState;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A guest program of {@code runtime/guests/bench}: works some rounds from a seed, prints, exits.
 */
public enum Workload {
  ALU,
  MIXED,
  SIEVE,
  CRC,
  SORT,
  SHA256,
  INTERPRETER,
  MATRIX,
  NBODY,
  BLUR,
  SHAPES,
  LISTS,
  TREES,
  /** Functions that are all called once in a round; what matters is how it starts. */
  FLAT;

  /** Where the stack is; its top page holds the arguments. */
  private static final int MEMORY = 16 << 20;

  private static final long STACK = 0x7f_0000_0000L;

  private static final int STACK_SIZE = 1 << 16;

  /** The file's name, and the name in tables. */
  public String label() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  /** Whether it is hot code, which is measured when it has been translated and compiled. */
  public boolean isHot() {
    return this != FLAT;
  }

  /** The program's bytes. */
  byte[] bytes() {
    try (InputStream in =
        Workload.class.getResourceAsStream("/dev/axon64/guests/bench/" + label())) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Puts the program into a file. */
  void copyTo(Path file) {
    AtomicFiles.write(file, bytes());
    file.toFile().setExecutable(true);
  }

  /** What stands at the stack pointer: argc, argv and the texts they point to. */
  private static byte[] arguments(long stackPointer, long rounds, long seed) {
    byte[][] texts = {
      "guest\0".getBytes(StandardCharsets.US_ASCII),
      (rounds + "\0").getBytes(StandardCharsets.US_ASCII),
      (seed + "\0").getBytes(StandardCharsets.US_ASCII)
    };
    ByteBuffer stack = ByteBuffer.allocate(256).order(ByteOrder.LITTLE_ENDIAN);
    stack.putLong(texts.length);
    int at = 128;
    for (byte[] text : texts) {
      stack.putLong(stackPointer + at);
      stack.put(at, text);
      at += text.length;
    }
    return stack.array();
  }

  private static long stackPointer() {
    return STACK + STACK_SIZE - 256;
  }

  /** A guest at its start. */
  public CpuState guest(long rounds, long seed) {
    return guest(rounds, seed, new MemoryLimit(MEMORY));
  }

  /** A guest at its start, in flat memory. */
  CpuState flatGuest(long rounds, long seed) {
    return guest(rounds, seed, MemoryLimit.flat(MEMORY));
  }

  private CpuState guest(long rounds, long seed, MemoryLimit limit) {
    CpuState cpu = new CpuState();
    cpu.memory = new AddressSpace(limit);
    ElfImage image = ElfImage.parse(bytes(), label());
    SegmentLoader.load(image, cpu.memory, label());
    cpu.memory.map(STACK, STACK_SIZE, AddressSpace.READ | AddressSpace.WRITE, "stack");
    cpu.x[CpuState.SP] = stackPointer();
    cpu.memory.write(stackPointer(), arguments(stackPointer(), rounds, seed));
    cpu.pc = image.entry();
    return cpu;
  }
}
