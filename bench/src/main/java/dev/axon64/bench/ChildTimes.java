package dev.axon64.bench;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * The processor time of the processes that this one has started and waited for, as POSIX's {@code
 * getrusage} tells it: user and system time, of all their threads.
 */
public final class ChildTimes {
  private static final int RUSAGE_CHILDREN = -1;

  /** More than any system's {@code struct rusage}. */
  private static final int SIZE = 512;

  @SuppressWarnings("restricted")
  private static final MethodHandle GETRUSAGE =
      Linker.nativeLinker()
          .downcallHandle(
              Linker.nativeLinker().defaultLookup().find("getrusage").orElseThrow(),
              FunctionDescriptor.of(
                  ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS));

  private ChildTimes() {}

  /** Nanoseconds so far. */
  public static long nanoseconds() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment usage = arena.allocate(SIZE, Long.BYTES);
      if ((int) GETRUSAGE.invokeExact(RUSAGE_CHILDREN, usage) != 0) {
        throw new IllegalStateException("getrusage failed");
      }
      return time(usage, 0) + time(usage, 16);
    } catch (Error | RuntimeException e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** A {@code struct timeval}, whose microseconds have 32 bits on some systems. */
  private static long time(MemorySegment usage, long at) {
    long seconds = usage.get(ValueLayout.JAVA_LONG, at);
    return seconds * 1_000_000_000 + usage.get(ValueLayout.JAVA_INT, at + 8) * 1000L;
  }
}
