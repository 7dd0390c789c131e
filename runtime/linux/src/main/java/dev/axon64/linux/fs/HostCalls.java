package dev.axon64.linux.fs;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.GuestText;
import dev.axon64.linux.abi.SysError;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Calls of a Linux host that Java has no methods for. Where the host is no Linux, or native calls
 * are not allowed, they fail with EOPNOTSUPP.
 */
final class HostCalls {
  /** The host's AT_FDCWD. */
  static final int HERE = -100;

  /** Those whose result is a long; the others' is an int. */
  private static final Set<String> LONGS =
      Set.of("lseek", "getxattr", "lgetxattr", "listxattr", "llistxattr");

  private static final StructLayout STATE = Linker.Option.captureStateLayout();
  private static final Map<String, MethodHandle> HANDLES = new HashMap<>();

  private HostCalls() {}

  /** Whether there are such calls. */
  static boolean available() {
    return System.getProperty("os.name", "").equals("Linux")
        && HostCalls.class.getModule().isNativeAccessEnabled();
  }

  /** A path for a call, byte for byte. */
  static MemorySegment path(Arena arena, Path path) {
    return text(arena, GuestText.bytes(HostNames.bytesOf(path.toAbsolutePath())));
  }

  /** Bytes with a zero behind them. */
  static MemorySegment text(Arena arena, byte[] bytes) {
    MemorySegment text = arena.allocate(bytes.length + 1L);
    text.asSlice(0, bytes.length).copyFrom(MemorySegment.ofArray(bytes));
    return text;
  }

  /**
   * Makes a call.
   *
   * @param arguments as Integer, Long or MemorySegment
   * @return its result; a failure is a SysError with the host's error number
   */
  static long call(String name, Object... arguments) {
    if (!available()) {
      throw new SysError(Errno.EOPNOTSUPP);
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      List<Object> all = new ArrayList<>();
      all.add(state);
      all.addAll(List.of(arguments));
      long result = ((Number) handle(name, arguments).invokeWithArguments(all)).longValue();
      if (result < 0) {
        throw new SysError(state.get(JAVA_INT, 0));
      }
      return result;
    } catch (SysError e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(name, e);
    }
  }

  private static Linker.Option[] options(String name) {
    Linker.Option state = Linker.Option.captureCallState("errno");
    int fixed = name.equals("open") ? 2 : name.equals("openat") ? 3 : 0;
    return fixed > 0
        ? new Linker.Option[] {state, Linker.Option.firstVariadicArg(fixed)}
        : new Linker.Option[] {state};
  }

  @SuppressWarnings("restricted")
  private static synchronized MethodHandle handle(String name, Object... arguments) {
    return HANDLES.computeIfAbsent(
        name,
        key -> {
          MemoryLayout[] types = new MemoryLayout[arguments.length];
          for (int i = 0; i < types.length; i++) {
            types[i] =
                arguments[i] instanceof Integer
                    ? JAVA_INT
                    : arguments[i] instanceof Long ? JAVA_LONG : ADDRESS;
          }
          Linker linker = Linker.nativeLinker();
          return linker.downcallHandle(
              linker.defaultLookup().find(name).orElseThrow(),
              FunctionDescriptor.of(LONGS.contains(name) ? JAVA_LONG : JAVA_INT, types),
              options(name));
        });
  }
}
