package dev.axon64.runtime.cli;

import dev.axon64.codegen.dispatch.Dispatcher;
import dev.axon64.codegen.network.Network;
import dev.axon64.codegen.support.Tool;
import dev.axon64.runtime.engine.Engine;
import dev.axon64.runtime.engine.Engines;
import dev.axon64.runtime.engine.Profile;
import dev.axon64.runtime.linux.ExitStatus;
import dev.axon64.runtime.linux.LinuxMachine;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code axon64 run}: a Linux program under neural dispatch. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = "Run a static AArch64 Linux program, every kernel chosen by the network.",
    footer = {
      "",
      "The exit status is the program's, or 128 and the number of the signal that ended it.",
      "Without --root the program sees nothing of this machine's files but itself."
    })
public final class RunCommand implements Tool, Callable<Integer> {
  private CommandSpec spec;

  @Mixin private ModelOptions model;

  @Mixin private GuestOptions guest;

  @Option(
      names = "--dispatch",
      paramLabel = "POLICY",
      description =
          "page (the default): the network decides a page of code at its first execution; each: it"
              + " is asked for every instruction.")
  private Engines.Policy policy = Engines.Policy.PAGE;

  @Option(names = "--strace", description = "Print its system calls to standard error.")
  private boolean strace;

  @Option(names = "--stats", description = "At the end, print what was executed to standard error.")
  private boolean stats;

  @Option(names = "--stats-json", description = "The same as JSON.")
  private boolean statsJson;

  /** What stands behind the program is the program's, options too. */
  @Spec
  void setSpec(CommandSpec command) {
    command.parser().stopAtPositional(true);
    spec = command;
  }

  @Override
  public Integer call() {
    Network network = model.network();
    Supplier<? extends Dispatcher> dispatchers = Engines.dispatchers(network);
    Profile profile = stats || statsJson ? new Profile() : null;
    Supplier<Engine> engines = Engines.of(policy, dispatchers, profile);
    PrintWriter err = spec.commandLine().getErr();
    LinuxMachine.Builder builder =
        guest.builder(engines).messages(line -> err.println("axon64: " + line));
    if (strace) {
      builder.strace(err::println);
    }
    LinuxMachine machine = builder.build();
    long start = System.nanoTime();
    ExitStatus status = machine.run();
    long nanoseconds = System.nanoTime() - start;
    explain(status, err);
    if (profile != null) {
      new RunReport(network.spec(), status, nanoseconds, profile)
          .print(statsJson ? RunReport.Format.JSON : RunReport.Format.TABLE, err);
    }
    err.flush();
    return status.shellCode();
  }

  /** Says why the machine ended where the exit status alone would not. */
  private void explain(ExitStatus status, PrintWriter err) {
    switch (status.ending()) {
      case INSTRUCTION_LIMIT ->
          err.println(
              "axon64: stopped after "
                  + status.instructions()
                  + " instructions (--max-instructions)");
      case INTERRUPTED -> err.println("axon64: interrupted");
      default -> {}
    }
  }
}
