package dev.axon64.bench.programs;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What executes programs, each in a process of its own.
 *
 * @param label the name in tables
 * @param prefix of its command
 * @param root the option that names a program's root folder
 * @param variable the option that sets a variable
 * @param isHost whether the program's file is named by its path on this machine
 */
public record Executor(
    String label, List<String> prefix, String root, String variable, boolean isHost) {
  /** Where Debian keeps the variants of two libraries, which the loader finds by a cache else. */
  private static final Map<String, String> VARIABLES =
      Map.of(
          "LC_ALL",
          "C",
          "HOME",
          "/",
          "LD_LIBRARY_PATH",
          "/usr/lib/aarch64-linux-gnu/blas:/usr/lib/aarch64-linux-gnu/lapack");

  public Executor {
    prefix = List.copyOf(prefix);
  }

  /** qemu-aarch64, where it is installed. */
  public static Executor qemu() {
    return new Executor("qemu-aarch64", List.of("qemu-aarch64"), "-L", "-E", true);
  }

  /** The command that runs a program. */
  List<String> command(WholeProgram program) {
    List<String> command = new ArrayList<>(prefix);
    command.addAll(List.of(root, program.root().toString()));
    VARIABLES.keySet().stream()
        .sorted()
        .forEach(name -> command.addAll(List.of(variable, name + "=" + VARIABLES.get(name))));
    command.add(isHost ? program.root() + program.file() : program.file());
    command.addAll(program.arguments());
    return command;
  }
}
