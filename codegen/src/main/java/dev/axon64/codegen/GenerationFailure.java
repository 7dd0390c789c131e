package dev.axon64.codegen;

import dev.axon64.codegen.support.InputException;

/**
 * Ends a generator that was started by a build. In a JVM of its own it becomes one line and an exit
 * status; inside a build tool it fails the build, with that line as its reason. It has no stack
 * trace, since the fault is in what was given.
 */
public final class GenerationFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  GenerationFailure(InputException cause) {
    super(cause.getMessage(), cause, false, false);
  }

  @Override
  public String toString() {
    return "axon64: " + getMessage();
  }
}
