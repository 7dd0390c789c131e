package dev.axon64.app;

import dev.axon64.app.run.DemoCommand;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Runs the demo's program as users run theirs, so that a JVM which watches can keep what it
 * prepared. The launcher starts this once.
 */
final class Rehearsal {
  private Rehearsal() {}

  /** Runs it on the engines that users start most. */
  public static void main(String[] arguments) throws IOException {
    System.exit(DemoCommand.withProgram(Rehearsal::run));
  }

  private static int run(Path program) {
    return Main.run("run", program.toString())
        + Main.run("run", "--accelerate", "all", program.toString())
        + Main.run("run", "--engine", "translated", program.toString());
  }
}
