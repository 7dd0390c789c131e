package dev.axon64.weights.companion;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A program to record.
 *
 * @param name of the program; its variants, compiled in other ways, share it
 * @param variant how it was compiled, or what it is given to do
 * @param split what it is for; all variants of a program are for the same
 * @param root the folder that is / to it, if it needs one
 * @param file on the host, or in the root
 * @param arguments after the name
 * @param input standard input
 */
record Program(
    String name,
    String variant,
    Split split,
    Optional<Path> root,
    String file,
    List<String> arguments,
    byte[] input) {
  /** Nothing that is held out, or decides when to stop, is learnt from. */
  enum Split {
    TRAINING,
    VALIDATION,
    HELD_OUT
  }

  /** As files are called. */
  String label() {
    return name + "." + variant;
  }
}
