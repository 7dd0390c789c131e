package dev.axon64.metal.device;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Calls functions of a native library by name. A function's type is that of its arguments: {@link
 * Integer} and {@link Long} are integers of 32 and 64 bits, {@link MemorySegment} is an address.
 */
@SuppressWarnings("restricted")
public final class NativeCalls {
  private final SymbolLookup symbols;
  private final Map<String, MethodHandle> handles = new ConcurrentHashMap<>();

  private NativeCalls(SymbolLookup symbols) {
    this.symbols = symbols;
  }

  /** The first library that is there, by file or by the name that the system finds it by. */
  public static Optional<NativeCalls> load(List<String> names) {
    for (String name : names) {
      try {
        Path file = Path.of(name);
        SymbolLookup found =
            Files.exists(file)
                ? SymbolLookup.libraryLookup(file, Arena.global())
                : SymbolLookup.libraryLookup(name, Arena.global());
        return Optional.of(new NativeCalls(found));
      } catch (IllegalArgumentException absent) {
        continue;
      }
    }
    return Optional.empty();
  }

  /** Whether the library has a function. */
  public boolean has(String function) {
    return symbols.find(function).isPresent();
  }

  /** Calls a function that gives 32 bits. */
  public int callInt(String function, Object... arguments) {
    return (int) call(function, ValueLayout.JAVA_INT, arguments);
  }

  /** Calls a function that gives 64 bits. */
  public long callLong(String function, Object... arguments) {
    return (long) call(function, ValueLayout.JAVA_LONG, arguments);
  }

  /** Calls a function that gives an address. */
  public MemorySegment callAddress(String function, Object... arguments) {
    return (MemorySegment) call(function, ValueLayout.ADDRESS, arguments);
  }

  /** Calls a function that gives nothing. */
  public void callVoid(String function, Object... arguments) {
    call(function, null, arguments);
  }

  /** Where a function is, for calls of types that are not among those here. */
  public MemorySegment address(String function) {
    return symbols
        .find(function)
        .orElseThrow(() -> new IllegalStateException("the library has no " + function));
  }

  private Object call(String function, MemoryLayout result, Object[] arguments) {
    MemoryLayout[] types =
        Arrays.stream(arguments).map(NativeCalls::type).toArray(MemoryLayout[]::new);
    String key = function + result + Arrays.toString(types);
    MethodHandle handle = handles.computeIfAbsent(key, k -> handle(function, result, types));
    try {
      return handle.invokeExact(arguments);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(function, e);
    }
  }

  private static MemoryLayout type(Object argument) {
    return switch (argument) {
      case Integer i -> ValueLayout.JAVA_INT;
      case Long l -> ValueLayout.JAVA_LONG;
      case MemorySegment s -> ValueLayout.ADDRESS;
      default -> throw new IllegalArgumentException(argument.getClass().getName());
    };
  }

  private MethodHandle handle(String function, MemoryLayout result, MemoryLayout[] types) {
    FunctionDescriptor type =
        result == null ? FunctionDescriptor.ofVoid(types) : FunctionDescriptor.of(result, types);
    MethodHandle handle = Linker.nativeLinker().downcallHandle(address(function), type);
    return handle
        .asSpreader(Object[].class, types.length)
        .asType(MethodType.methodType(Object.class, Object[].class));
  }
}
