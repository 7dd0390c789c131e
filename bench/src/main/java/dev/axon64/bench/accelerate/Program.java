package dev.axon64.bench.accelerate;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A guest to run.
 *
 * @param name in tables
 * @param group that it counts to
 * @param sandbox what it sees beside itself; nothing if empty
 * @param file a file, or in a sandbox a path in it
 * @param arguments that it is given
 * @param status that it exits with
 */
public record Program(
    String name,
    Group group,
    Optional<Sandbox> sandbox,
    String file,
    List<String> arguments,
    int status) {
  /**
   * The files and variables that a program sees.
   *
   * @param root the folder that is / to it
   * @param folder its working folder, if that is not /
   * @param environment as {@code NAME=VALUE}
   */
  public record Sandbox(Path root, Optional<String> folder, List<String> environment) {
    public Sandbox {
      environment = List.copyOf(environment);
    }
  }

  /** The groups that means are taken over. */
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

  /** The same program where it exits otherwise. */
  Program exits(int otherwise) {
    return new Program(name, group, sandbox, file, arguments, otherwise);
  }

  /** A static program that needs no files and exits with 0. */
  public static Program alone(String name, Group group, Path file, Object... arguments) {
    List<String> all = Arrays.stream(arguments).map(Object::toString).toList();
    return new Program(name, group, Optional.empty(), file.toString(), all, 0);
  }
}
