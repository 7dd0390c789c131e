package dev.axon64.app.run;

import dev.axon64.codegen.network.Models;
import dev.axon64.codegen.network.Network;
import dev.axon64.linux.ExitStatus;
import dev.axon64.linux.LinuxMachine;
import dev.axon64.machine.engine.Engines;
import dev.axon64.machine.engine.Profile;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.ToIntFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code axon64 demo}: the shipped program under neural dispatch, with statistics. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = "Run a small shipped AArch64 Linux program, every kernel chosen by the network.")
public final class DemoCommand implements Callable<Integer> {
  private static final String PROGRAM = "/dev/axon64/guests/demo/sieve";

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    return withProgram(this::run);
  }

  /** Does something with the shipped program in a file of its own, and returns what came of it. */
  public static int withProgram(ToIntFunction<Path> use) throws IOException {
    Path folder = Files.createTempDirectory("axon64-demo");
    Path program = folder.resolve("sieve");
    try {
      try (InputStream in = DemoCommand.class.getResourceAsStream(PROGRAM)) {
        Files.copy(in, program);
      }
      return use.applyAsInt(program);
    } finally {
      Files.deleteIfExists(program);
      Files.deleteIfExists(folder);
    }
  }

  private int run(Path program) {
    PrintWriter out = spec.commandLine().getOut();
    Network network = Models.shipped(Models.SHIPPED.get(0));
    Profile profile = new Profile();
    LinuxMachine machine =
        new LinuxMachine.Builder(
                Engines.of(Engines.Policy.PAGE, Engines.dispatchers(network), profile))
            .program(program.toString())
            .stdout(new FileOutputStream(FileDescriptor.out))
            .stderr(new FileOutputStream(FileDescriptor.err))
            .messages(out::println)
            .build();
    long start = System.nanoTime();
    ExitStatus status = machine.run();
    long nanoseconds = System.nanoTime() - start;
    new RunReport(
            network.spec(),
            profile,
            new RunOutcome(status, status.instructions(), nanoseconds),
            Map.of())
        .table(out);
    out.flush();
    return status.shellCode();
  }
}
