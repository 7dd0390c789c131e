package dev.axon64.machine.oracle;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.axon64.machine.memory.Mapping;
import dev.axon64.machine.state.CpuState;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * A guest in libunicorn2, where that is installed, with memory of its own. It runs from its first
 * instruction to its first system call, or functions of it are called.
 */
public final class UnicornGuest implements AutoCloseable {
  private static final int ARCHITECTURE_ARM64 = 2;
  private static final int READ_WRITE_EXECUTE = 7;
  private static final int PAGE = 4096;
  private static final int HOOK_BLOCK = 1 << 3;

  // uc_err
  private static final int OK = 0;
  private static final int EXCEPTION = 21;

  private final Arena arena = Arena.ofConfined();
  private final UnicornLibrary library = new UnicornLibrary();
  private final MemorySegment engine;
  private final MemorySegment holder = arena.allocate(ADDRESS);
  private final Map<Long, MemorySegment> mapped = new HashMap<>();
  private final UnicornArguments arguments;
  private final long entry;
  private MemorySegment kept = MemorySegment.NULL;

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
      expect(OK, (int) library.open.invokeExact(ARCHITECTURE_ARM64, 0, holder));
      engine = holder.get(ADDRESS, 0);
      for (Mapping mapping : guest.memory.mappings()) {
        map(mapping.start(), guest.memory.read(mapping.start(), (int) mapping.size()));
      }
      new UnicornRegisters(library, engine, arena).write(guest);
      arguments = new UnicornArguments(library, engine, arena);
    } catch (Throwable e) {
      throw new IllegalStateException("libunicorn2 does not start", e);
    }
  }

  private void map(long address, byte[] bytes) throws Throwable {
    long size = bytes.length;
    MemorySegment copy = arena.allocate(size, PAGE);
    MemorySegment.copy(bytes, 0, copy, JAVA_BYTE, 0, bytes.length);
    mapped.put(address, copy);
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

  /** The bytes of a mapping, which the guest and the host share, by the address it begins at. */
  public MemorySegment bytes(long start) {
    return mapped.get(start);
  }

  /** Calls a function with two arguments, and returns x0 when it has come back to {@code link}. */
  public long call(long function, long first, long second, long link) {
    try {
      arguments.write(first, second, link);
      expect(OK, (int) library.start.invokeExact(engine, function, link, 0L, 0L));
      return arguments.result();
    } catch (Throwable e) {
      throw new IllegalStateException("libunicorn2 failed", e);
    }
  }

  /** Keeps all registers, for {@link #restoreRegisters}. */
  public void keepRegisters() {
    try {
      if (kept.equals(MemorySegment.NULL)) {
        expect(OK, (int) library.makeContext.invokeExact(engine, holder));
        kept = holder.get(ADDRESS, 0);
      }
      expect(OK, (int) library.saveContext.invokeExact(engine, kept));
    } catch (Throwable e) {
      throw new IllegalStateException("libunicorn2 keeps no registers", e);
    }
  }

  /** Gives all registers the values that were kept. */
  public void restoreRegisters() {
    try {
      expect(OK, (int) library.restoreContext.invokeExact(engine, kept));
    } catch (Throwable e) {
      throw new IllegalStateException("libunicorn2 restores no registers", e);
    }
  }

  /** Tells of each block, before it is executed, the address of its first instruction. */
  public void onBlock(LongConsumer hook) {
    try {
      MemorySegment call =
          UnicornLibrary.callback(
              MethodHandles.lookup().bind(new Blocks(hook), "begins", Blocks.TYPE),
              FunctionDescriptor.ofVoid(ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS),
              arena);
      expect(
          OK,
          (int)
              library.addHook.invokeExact(
                  engine, holder, HOOK_BLOCK, call, MemorySegment.NULL, 1L, 0L));
    } catch (Throwable e) {
      throw new IllegalStateException("libunicorn2 takes no hook", e);
    }
  }

  /** What the library calls. */
  private record Blocks(LongConsumer hook) {
    static final MethodType TYPE =
        MethodType.methodType(
            void.class, MemorySegment.class, long.class, int.class, MemorySegment.class);

    void begins(MemorySegment uc, long address, int size, MemorySegment user) {
      hook.accept(address);
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
      if (!kept.equals(MemorySegment.NULL)) {
        expect(OK, (int) library.freeContext.invokeExact(kept));
      }
      expect(OK, (int) library.close.invokeExact(engine));
    } catch (Throwable e) {
      throw new IllegalStateException("libunicorn2 does not end", e);
    }
    arena.close();
  }
}
