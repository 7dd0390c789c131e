package dev.axon64.machine.oracle;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** The registers of a call: x0, x1 and x30, which go in by one batch, and x0, which comes out. */
final class UnicornArguments {
  // uc_arm64_reg
  private static final int X0 = 199;
  private static final int X30 = 2;

  private final UnicornLibrary library;
  private final MemorySegment engine;
  private final MemorySegment numbers;
  private final MemorySegment pointers;
  private final MemorySegment values;

  UnicornArguments(UnicornLibrary library, MemorySegment engine, Arena arena) {
    this.library = library;
    this.engine = engine;
    numbers = arena.allocateFrom(JAVA_INT, X0, X0 + 1, X30);
    values = arena.allocate(JAVA_LONG, 3);
    pointers = arena.allocate(ADDRESS, 3);
    for (int i = 0; i < 3; i++) {
      pointers.setAtIndex(ADDRESS, i, values.asSlice((long) i * Long.BYTES));
    }
  }

  void write(long first, long second, long link) throws Throwable {
    values.setAtIndex(JAVA_LONG, 0, first);
    values.setAtIndex(JAVA_LONG, 1, second);
    values.setAtIndex(JAVA_LONG, 2, link);
    check((int) library.writeRegisters.invokeExact(engine, numbers, pointers, 3));
  }

  long result() throws Throwable {
    check((int) library.readRegisters.invokeExact(engine, numbers, pointers, 1));
    return values.getAtIndex(JAVA_LONG, 0);
  }

  private static void check(int error) {
    if (error != 0) {
      throw new IllegalStateException("libunicorn2 reports error " + error);
    }
  }
}
