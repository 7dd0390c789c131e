package dev.axon64.linux.lock;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Locks that a Linux host keeps for us. One descriptor has the ranges of all guests, as locks of an
 * open file, which other descriptors of the JVM cannot end by being closed; and each open file of a
 * guest that locks the whole file has one of its own.
 */
public final class LinuxHostLocks implements HostLocks {
  private static final int O_RDONLY = 0;
  private static final int O_RDWR = 2;
  private static final int O_CLOEXEC = 0x80000;
  private static final int F_OFD_GETLK = 36;
  private static final int F_OFD_SETLK = 37;
  private static final int F_RDLCK = 0;
  private static final int F_WRLCK = 1;
  private static final int F_UNLCK = 2;
  private static final int LOCK_SH = 1;
  private static final int LOCK_EX = 2;
  private static final int LOCK_NB = 4;
  private static final int LOCK_SIZE = 32;

  private static final Map<String, MethodHandle> CALLS = new HashMap<>();

  private final Supplier<String> path;
  private final Map<Object, Integer> whole = new IdentityHashMap<>();
  private int descriptor = -1;

  /**
   * Opens nothing yet.
   *
   * @param path leads to the file when it is asked for
   */
  private LinuxHostLocks(Supplier<String> path) {
    this.path = path;
  }

  /**
   * The host's locks of a file; none where the host is no Linux or native calls are not allowed.
   */
  public static HostLocks of(Supplier<String> path) {
    boolean linux = System.getProperty("os.name", "").equals("Linux");
    boolean allowed = LinuxHostLocks.class.getModule().isNativeAccessEnabled();
    return linux && allowed ? new LinuxHostLocks(path) : NONE;
  }

  @Override
  public boolean lock(long start, long end, boolean exclusive) {
    return open() < 0 || set(start, end, exclusive ? F_WRLCK : F_RDLCK) >= 0;
  }

  @Override
  public void unlock(long start, long end) {
    if (descriptor >= 0) {
      set(start, end, F_UNLCK);
    }
  }

  private int set(long start, long end, int type) {
    try (Arena arena = Arena.ofConfined()) {
      return control(F_OFD_SETLK, struct(arena, start, end, type));
    }
  }

  @Override
  public Range conflict(Range wanted) {
    if (open() < 0) {
      return null;
    }
    try (Arena arena = Arena.ofConfined()) {
      int type = wanted.exclusive() ? F_WRLCK : F_RDLCK;
      MemorySegment lock = struct(arena, wanted.start(), wanted.end(), type);
      if (control(F_OFD_GETLK, lock) < 0 || lock.get(JAVA_SHORT, 0) == F_UNLCK) {
        return null;
      }
      long start = lock.get(JAVA_LONG, 8);
      long length = lock.get(JAVA_LONG, 16);
      return new Range(
          start,
          length == 0 ? Range.FOREVER : start + length,
          lock.get(JAVA_SHORT, 0) == F_WRLCK,
          this,
          lock.get(JAVA_INT, 24));
    }
  }

  /** A struct flock; its layout is the same on all 64-bit hosts. */
  private static MemorySegment struct(Arena arena, long start, long end, int type) {
    MemorySegment lock = arena.allocate(LOCK_SIZE, 8);
    lock.set(JAVA_SHORT, 0, (short) type);
    lock.set(JAVA_LONG, 8, start);
    lock.set(JAVA_LONG, 16, end == Range.FOREVER ? 0 : end - start);
    return lock;
  }

  @Override
  public boolean lockWhole(Object openFile, boolean exclusive) {
    int own = whole.computeIfAbsent(openFile, key -> openNew());
    return own < 0 || call("flock", own, (exclusive ? LOCK_EX : LOCK_SH) | LOCK_NB) >= 0;
  }

  @Override
  public void unlockWhole(Object openFile) {
    Integer own = whole.remove(openFile);
    if (own != null) {
      close(own);
    }
  }

  @Override
  public void close() {
    whole.values().forEach(LinuxHostLocks::close);
    whole.clear();
    close(descriptor);
    descriptor = -1;
  }

  private int open() {
    if (descriptor < 0) {
      descriptor = openNew();
    }
    return descriptor;
  }

  private int openNew() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment name = arena.allocateFrom(path.get(), StandardCharsets.UTF_8);
      int opened = open(name, O_RDWR | O_CLOEXEC);
      return opened >= 0 ? opened : open(name, O_RDONLY | O_CLOEXEC);
    }
  }

  // Calls of the host.

  private static int open(MemorySegment name, int flags) {
    try {
      return (int)
          handle(
                  "open",
                  FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT),
                  Linker.Option.firstVariadicArg(2))
              .invokeExact(name, flags);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private int control(int command, MemorySegment lock) {
    try {
      return (int)
          handle(
                  "fcntl",
                  FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS),
                  Linker.Option.firstVariadicArg(2))
              .invokeExact(descriptor, command, lock);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private static int call(String name, int first, int second) {
    try {
      return (int)
          handle(name, FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT))
              .invokeExact(first, second);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private static void close(int opened) {
    if (opened >= 0) {
      try {
        int result =
            (int) handle("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT)).invokeExact(opened);
        assert result <= 0;
      } catch (Throwable e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @SuppressWarnings("restricted")
  private static synchronized MethodHandle handle(
      String name, FunctionDescriptor type, Linker.Option... options) {
    return CALLS.computeIfAbsent(
        name,
        key -> {
          Linker linker = Linker.nativeLinker();
          return linker.downcallHandle(
              linker.defaultLookup().find(name).orElseThrow(), type, options);
        });
  }
}
