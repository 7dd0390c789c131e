package dev.axon64.bench.emulate;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.axon64.machine.memory.Mapping;
import dev.axon64.machine.state.CpuState;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/** A workload in libunicorn2, where it is installed. Runs to the first system call. */
@SuppressWarnings("restricted")
final class Unicorn implements AutoCloseable {
  private static final int ARCH_ARM64 = 2;
  private static final int REGISTER_SP = 4;
  private static final int ALL = 7;
  private static final int EXCEPTION = 21;
  private static final Optional<SymbolLookup> LIBRARY = library();

  private final Arena arena = Arena.ofConfined();
  private final MemorySegment engine;
  private final long entry;

  static boolean isPresent() {
    return LIBRARY.isPresent();
  }

  private static Optional<SymbolLookup> library() {
    try {
      return Optional.of(SymbolLookup.libraryLookup("libunicorn.so.2", Arena.global()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  Unicorn(Workload workload, long rounds, long seed) {
    MemorySegment holder = arena.allocate(ADDRESS);
    call(
        "uc_open",
        FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS),
        0,
        ARCH_ARM64,
        0,
        holder);
    engine = holder.get(ADDRESS, 0);
    CpuState guest = workload.guest(rounds, seed);
    entry = guest.pc;
    for (Mapping mapping : guest.memory.mappings()) {
      map(mapping.start(), mapping.size());
      write(mapping.start(), guest.memory.read(mapping.start(), (int) mapping.size()));
    }
    MemorySegment value = arena.allocateFrom(JAVA_LONG, guest.x[CpuState.SP]);
    call(
        "uc_reg_write",
        FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, ADDRESS),
        0,
        engine,
        REGISTER_SP,
        value);
  }

  /** Runs; a system call ends in the error that says exception. */
  void run() {
    call(
        "uc_emu_start",
        FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
        EXCEPTION,
        engine,
        entry,
        -1L,
        0L,
        0L);
  }

  private void map(long address, long size) {
    call(
        "uc_mem_map",
        FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_LONG, JAVA_INT),
        0,
        engine,
        address,
        size,
        ALL);
  }

  private void write(long address, byte[] bytes) {
    MemorySegment copy = arena.allocate(bytes.length);
    MemorySegment.copy(bytes, 0, copy, java.lang.foreign.ValueLayout.JAVA_BYTE, 0, bytes.length);
    call(
        "uc_mem_write",
        FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, ADDRESS, JAVA_LONG),
        0,
        engine,
        address,
        copy,
        (long) bytes.length);
  }

  private static void call(
      String name, FunctionDescriptor type, int expected, Object... arguments) {
    MethodHandle handle =
        Linker.nativeLinker().downcallHandle(LIBRARY.orElseThrow().find(name).orElseThrow(), type);
    int status;
    try {
      status = (int) handle.invokeWithArguments(arguments);
    } catch (Throwable e) {
      throw new IllegalStateException(name, e);
    }
    if (status != expected) {
      throw new IllegalStateException(name + " answered " + status + ", not " + expected);
    }
  }

  @Override
  public void close() {
    call("uc_close", FunctionDescriptor.of(JAVA_INT, ADDRESS), 0, engine);
    arena.close();
  }
}
