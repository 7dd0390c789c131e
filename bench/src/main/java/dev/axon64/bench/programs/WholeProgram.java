package dev.axon64.bench.programs;

import java.nio.file.Path;
import java.util.List;

/**
 * A program, and what it is to do.
 *
 * @param name in tables
 * @param isApart whether it is reported apart from the others, and is in no mean
 * @param root the folder that is / to it
 * @param file its path there
 * @param arguments that it is given
 * @param input its standard input
 */
public record WholeProgram(
    String name, boolean isApart, Path root, String file, List<String> arguments, Path input) {
  public WholeProgram {
    arguments = List.copyOf(arguments);
  }
}
