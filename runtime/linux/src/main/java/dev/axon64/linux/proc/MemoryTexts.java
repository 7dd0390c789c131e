package dev.axon64.linux.proc;

import dev.axon64.linux.process.ProcessMemory;
import dev.axon64.machine.memory.MemoryFault;

/** What a program was started with, as it lies in its memory now. */
final class MemoryTexts {
  private static final int MOST_STRINGS = 1 << 21;
  private static final int MOST_ENTRIES = 64;
  private static final int ENTRY = 2 * Long.BYTES;

  /** The memory that the process has now, which execve replaces. */
  private final ProcessMemory memory;

  MemoryTexts(ProcessMemory memory) {
    this.memory = memory;
  }

  /** argv, each string with its zero. */
  byte[] commandLine() {
    return strings(memory.argumentStart, memory.argumentEnd);
  }

  /** envp, each string with its zero. */
  byte[] environment() {
    return strings(memory.argumentEnd, memory.environmentEnd);
  }

  /** The auxiliary vector, which lies behind the pointers to those. */
  byte[] auxiliary() {
    try {
      long at = memory.stackStart;
      at += Long.BYTES * (memory.space.load64(at) + 2); // argc, argv and a null pointer
      while (memory.space.load64(at) != 0) {
        at += Long.BYTES;
      }
      at += Long.BYTES;
      int size = ENTRY;
      while (memory.space.load64(at + size - ENTRY) != 0 && size < MOST_ENTRIES * ENTRY) {
        size += ENTRY;
      }
      return memory.space.read(at, size);
    } catch (MemoryFault e) {
      return new byte[0];
    }
  }

  private byte[] strings(long start, long end) {
    try {
      return memory.space.read(start, (int) Math.clamp(end - start, 0L, MOST_STRINGS));
    } catch (MemoryFault e) {
      return new byte[0];
    }
  }
}
