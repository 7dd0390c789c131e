package dev.axon64.bench.programs;

import java.nio.file.Path;
import java.util.List;

/**
 * A program, and what it is to do.
 *
 * @param name in tables
 * @param isFlat whether it is flat code, which is reported by itself
 * @param root the folder that is / to it
 * @param file its path there
 * @param arguments that it is given
 * @param input its standard input
 */
public record WholeProgram(
    String name, boolean isFlat, Path root, String file, List<String> arguments, Path input) {
  public WholeProgram {
    arguments = List.copyOf(arguments);
  }
}
