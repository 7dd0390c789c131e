package dev.axon64.machine.oracle;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.axon64.machine.memory.Mapping;
import dev.axon64.machine.state.CpuState;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * A guest in libunicorn2, where that is installed, with memory of its own. It runs from its first
 * instruction to its first system call.
 */
public final class UnicornGuest implements AutoCloseable {
  private static final int ARCHITECTURE_ARM64 = 2;
  private static final int READ_WRITE_EXECUTE = 7;
  private static final int PAGE = 4096;

  // uc_err
  private static final int OK = 0;
  private static final int EXCEPTION = 21;

  private final Arena arena = Arena.ofConfined();
  private final UnicornLibrary library = new UnicornLibrary();
  private final MemorySegment engine;
  private final long entry;

  /** Why there can be no such guest here; empty if there can. */
  public static Optional<String> absence() {
    return UnicornLibrary.absence();
  }

  /**
   * Copies a guest.
   *
   * @param guest whose mappings and registers are taken over
   * @throws IllegalStateException if the library does not accept them
   */
  public UnicornGuest(CpuState guest) {
    entry = guest.pc;
    try {
      MemorySegment holder = arena.allocate(ADDRESS);
      expect(OK, (int) library.open.invokeExact(ARCHITECTURE_ARM64, 0, holder));
      engine = holder.get(ADDRESS, 0);
      for (Mapping mapping : guest.memory.mappings()) {
        map(mapping.start(), guest.memory.read(mapping.start(), (int) mapping.size()));
      }
      new UnicornRegisters(library, engine, arena).write(guest);
    } catch (Throwable e) {
      throw new IllegalStateException("libunicorn2 does not start", e);
    }
  }

  private void map(long address, byte[] bytes) throws Throwable {
    long size = bytes.length;
    MemorySegment copy = arena.allocate(size, PAGE);
    MemorySegment.copy(bytes, 0, copy, JAVA_BYTE, 0, bytes.length);
    expect(
        OK, (int) library.mapPointer.invokeExact(engine, address, size, READ_WRITE_EXECUTE, copy));
  }

  /**
   * Runs up to the first system call, which the library reports as an exception.
   *
   * @throws IllegalStateException if the guest ends in another way
   */
  public void run() {
    try {
      expect(EXCEPTION, (int) library.start.invokeExact(engine, entry, -1L, 0L, 0L));
    } catch (Throwable e) {
      throw new IllegalStateException("libunicorn2 failed", e);
    }
  }

  private static void expect(int expected, int error) {
    if (error != expected) {
      throw new IllegalStateException("libunicorn2 reports error " + error + ", not " + expected);
    }
  }

  @Override
  public void close() {
    try {
      expect(OK, (int) library.close.invokeExact(engine));
    } catch (Throwable e) {
      throw new IllegalStateException("libunicorn2 does not end", e);
    }
    arena.close();
  }
}
