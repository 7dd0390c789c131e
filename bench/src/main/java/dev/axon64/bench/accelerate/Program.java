package dev.axon64.bench.accelerate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A guest to run.
 *
 * @param name in tables
 * @param group that it counts to
 * @param arguments of {@code axon64 run}: its options for this guest, the guest and what it is
 *     given
 * @param status that it exits with
 */
public record Program(String name, Group group, List<String> arguments, int status) {
  /** What programs are told apart by. */
  public enum Group {
    /** Loops that acceleration is for. */
    BULK("bulk work"),
    /** Programs as they are. */
    WHOLE("whole programs");

    private final String label;

    Group(String label) {
      this.label = label;
    }

    /** The name in tables. */
    public String label() {
      return label;
    }
  }

  public Program {
    arguments = List.copyOf(arguments);
  }

  /** A program that exits with 0. */
  public Program(String name, Group group, List<String> arguments) {
    this(name, group, arguments, 0);
  }

  /** The same program where it exits otherwise. */
  Program exits(int status) {
    return new Program(name, group, arguments, status);
  }

  /** A static program that needs no files. */
  static Program alone(String name, Group group, Path file, Object... arguments) {
    List<String> all = new ArrayList<>(List.of(file.toString()));
    for (Object argument : arguments) {
      all.add(argument.toString());
    }
    return new Program(name, group, all);
  }

  /** What a user would type. */
  public String commandLine() {
    return String.join(" ", arguments);
  }
}
