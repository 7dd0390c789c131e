package dev.axon64.linux.cases;

import dev.axon64.linux.ExitStatus;
import dev.axon64.linux.LinuxMachine;
import dev.axon64.machine.dispatch.ShippedDispatcher;
import dev.axon64.machine.engine.Engines;
import dev.axon64.machine.memory.RawMemory;
import java.nio.file.Path;

/** Runs a program of a root folder in a JVM that was started without the exports we can use. */
final class PortableRun {
  private PortableRun() {}

  /** The root folder, and the program's name in it. */
  public static void main(String[] arguments) {
    if (RawMemory.available()) {
      throw new IllegalStateException("this JVM exports more than it should");
    }
    ExitStatus status =
        new LinuxMachine.Builder(
                Engines.of(Engines.Policy.PAGE, ShippedDispatcher.A64::dispatcher, null))
            .program("/" + arguments[1])
            .root(Path.of(arguments[0]))
            .writable(true)
            .workingFolder("/work")
            .stdout(System.out)
            .build()
            .run();
    System.out.print("status " + status.shellCode());
  }
}
