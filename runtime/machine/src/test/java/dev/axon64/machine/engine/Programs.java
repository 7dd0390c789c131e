package dev.axon64.machine.engine;

import dev.axon64.machine.elf.ElfImage;
import dev.axon64.machine.elf.SegmentLoader;
import dev.axon64.machine.memory.AddressSpace;
import dev.axon64.machine.memory.MemoryLimit;
import dev.axon64.machine.state.CpuState;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Guests for engine tests. */
final class Programs {
  static final long CODE = 0x10000;
  static final long DATA = 0x20000;

  private Programs() {}

  /** The demo program at its start. */
  static CpuState sieve() {
    try (InputStream in = Programs.class.getResourceAsStream("/dev/axon64/guests/demo/sieve")) {
      return elf(ElfImage.parse(in.readAllBytes(), "sieve"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static CpuState elf(ElfImage image) {
    CpuState cpu = new CpuState();
    cpu.memory = new AddressSpace(new MemoryLimit(64 << 20));
    SegmentLoader.load(image, cpu.memory, "sieve");
    cpu.memory.map(0x7f0000000000L, 1 << 16, 3, "stack");
    cpu.x[CpuState.SP] = 0x7f0000000000L + (1 << 16) - 256;
    cpu.pc = image.entry();
    return cpu;
  }

  /** Words at {@link #CODE}, a page of data at {@link #DATA}. */
  static CpuState words(int... words) {
    return words(new MemoryLimit(1 << 20), words);
  }

  /** The same in flat memory, which the caller clears. */
  static CpuState flatWords(int... words) {
    return words(MemoryLimit.flat(1 << 20), words);
  }

  private static CpuState words(MemoryLimit limit, int... words) {
    CpuState cpu = new CpuState();
    cpu.memory = new AddressSpace(limit);
    cpu.memory.map(CODE, 4096, 7, "code");
    cpu.memory.map(DATA, 4096, 3, "data");
    for (int i = 0; i < words.length; i++) {
      cpu.memory.store32(CODE + 4 * i, words[i]);
    }
    cpu.pc = CODE;
    return cpu;
  }

  /** Runs to exit; write is answered and forgotten. Returns the instructions executed. */
  static long toExit(Engine engine, CpuState cpu) {
    long executed = 0;
    while (true) {
      Stop stop = engine.run(cpu, 1L << 40);
      executed += engine.executed();
      if (!(stop instanceof Stop.SystemCall)) {
        throw new AssertionError(stop + " at " + Long.toHexString(cpu.pc));
      }
      if (cpu.x[8] == 93 || cpu.x[8] == 94) {
        return executed;
      }
      cpu.x[0] = cpu.x[2];
    }
  }
}
