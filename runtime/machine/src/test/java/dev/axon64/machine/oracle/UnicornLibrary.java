package dev.axon64.machine.oracle;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.Optional;

/** The functions of libunicorn2's C interface that the oracle uses, by their names there. */
@SuppressWarnings("restricted")
final class UnicornLibrary {
  private static final List<String> NAMES = List.of("libunicorn.so.2", "libunicorn.2.dylib");

  private static final Optional<SymbolLookup> SYMBOLS = find();

  private static final FunctionDescriptor REGISTERS =
      FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, JAVA_INT);

  final MethodHandle open =
      bind("uc_open", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS));
  final MethodHandle close = bind("uc_close", FunctionDescriptor.of(JAVA_INT, ADDRESS));

  /** Variadic; bound for one more int. */
  final MethodHandle control =
      bind(
          "uc_ctl",
          FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT),
          Linker.Option.firstVariadicArg(2));

  /** The same, bound for two more addresses. */
  final MethodHandle controlRange =
      bind(
          "uc_ctl",
          FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_LONG, JAVA_LONG),
          Linker.Option.firstVariadicArg(2));

  final MethodHandle mapPointer =
      bind(
          "uc_mem_map_ptr",
          FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_LONG, JAVA_INT, ADDRESS));
  final MethodHandle writeRegisters = bind("uc_reg_write_batch", REGISTERS);
  final MethodHandle readRegisters = bind("uc_reg_read_batch", REGISTERS);
  final MethodHandle makeContext =
      bind("uc_context_alloc", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS));
  final MethodHandle saveContext =
      bind("uc_context_save", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS));
  final MethodHandle restoreContext =
      bind("uc_context_restore", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS));
  final MethodHandle freeContext =
      bind("uc_context_free", FunctionDescriptor.of(JAVA_INT, ADDRESS));
  final MethodHandle start =
      bind(
          "uc_emu_start",
          FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG));
  final MethodHandle stop = bind("uc_emu_stop", FunctionDescriptor.of(JAVA_INT, ADDRESS));

  /** Variadic; bound without more arguments. */
  final MethodHandle addHook =
      bind(
          "uc_hook_add",
          FunctionDescriptor.of(
              JAVA_INT, ADDRESS, ADDRESS, JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG, JAVA_LONG),
          Linker.Option.firstVariadicArg(7));

  /** Why there is no such library here; empty if there is. */
  static Optional<String> absence() {
    return SYMBOLS.isPresent()
        ? Optional.empty()
        : Optional.of("none of " + NAMES + " can be loaded (Debian: apt-get install libunicorn2)");
  }

  private static Optional<SymbolLookup> find() {
    for (String name : NAMES) {
      try {
        return Optional.of(SymbolLookup.libraryLookup(name, Arena.global()));
      } catch (IllegalArgumentException e) {
        continue;
      }
    }
    return Optional.empty();
  }

  private static MethodHandle bind(String name, FunctionDescriptor type, Linker.Option... options) {
    MemorySegment symbol = SYMBOLS.orElseThrow().find(name).orElseThrow();
    return Linker.nativeLinker().downcallHandle(symbol, type, options);
  }

  /** Makes a function that native code can call. */
  static MemorySegment callback(MethodHandle target, FunctionDescriptor type, Arena arena) {
    return Linker.nativeLinker().upcallStub(target, type, arena);
  }
}
