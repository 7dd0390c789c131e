package dev.axon64.app.run;

import dev.axon64.codegen.support.InputException;
import dev.axon64.machine.dispatch.VectorModule;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Starts this process anew with the Vector API. A JVM without it starts much sooner, and most runs
 * need no vectors.
 */
final class Restart {
  private Restart() {}

  /**
   * Does not return, unless the system cannot do it.
   *
   * @param main the class to start with
   * @param arguments of the command line
   * @throws InputException if the system cannot do it
   */
  static void withVectors(Class<?> main, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // A cache that was made without the module cannot be used with it.
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(flag -> !flag.startsWith("-XX:AOT"))
        .forEach(command::add);
    command.add("--add-modules=" + VectorModule.NAME);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(arguments);
    execute(command);
    throw new InputException(
        "this JVM", "lacks the Vector API; start it with --add-modules=" + VectorModule.NAME);
  }

  /** POSIX's {@code execv}, which returns only if it fails. */
  @SuppressWarnings("restricted")
  private static void execute(List<String> command) {
    Linker linker = Linker.nativeLinker();
    FunctionDescriptor type =
        FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS);
    linker
        .defaultLookup()
        .find("execv")
        .ifPresent(
            execv -> {
              try (Arena arena = Arena.ofConfined()) {
                MemorySegment[] words =
                    Stream.concat(
                            command.stream().map(arena::allocateFrom),
                            Stream.of(MemorySegment.NULL))
                        .toArray(MemorySegment[]::new);
                MemorySegment list = arena.allocate(ValueLayout.ADDRESS, words.length);
                for (int i = 0; i < words.length; i++) {
                  list.setAtIndex(ValueLayout.ADDRESS, i, words[i]);
                }
                int failed = (int) linker.downcallHandle(execv, type).invokeExact(words[0], list);
                assert failed == -1;
              } catch (Throwable e) { // what invokeExact declares; execv throws nothing
                throw new IllegalStateException("execv", e);
              }
            });
  }
}
