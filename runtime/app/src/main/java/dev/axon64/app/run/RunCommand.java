package dev.axon64.app.run;

import dev.axon64.app.display.DisplayOptions;
import dev.axon64.app.guest.GuestOptions;
import dev.axon64.app.options.EngineOptions;
import dev.axon64.app.options.ModelOptions;
import dev.axon64.app.run.RunRequest.Statistics;
import dev.axon64.machine.dispatch.VectorModule;
import dev.axon64.machine.lockstep.DifferenceFound;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code axon64 run}: a Linux program, every kernel chosen by the network. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = "Run an AArch64 Linux program, every kernel chosen by the network.",
    footer = {
      "",
      "Exit status: the program's, or 128 and the number of the signal that ended it.",
      "Example: axon64 run --stats program argument"
    })
public final class RunCommand implements Callable<Integer> {
  /** The exit status for a bad verdict. */
  private static final int DIFFERS = 1;

  private CommandSpec spec;

  @Mixin private ModelOptions model;

  @Mixin private EngineOptions engine;

  @Mixin private GuestOptions guest;

  @Mixin private DisplayOptions display;

  @Mixin private LearnOptions learning;

  @Mixin private AccelerateOptions acceleration;

  @Mixin private SnapshotOptions snapshots;

  @Option(
      names = "--extension",
      paramLabel = "DIR",
      description =
          "Run under a model with instructions of your own, from the folder that 'axon64 extend'"
              + " wrote.")
  private Optional<Path> extension;

  @Option(names = "--strace", description = "Print system calls to standard error.")
  private boolean strace;

  @Option(
      names = "--stats",
      description = "Count what is executed, and print a table to standard error at the end.")
  private boolean stats;

  @Option(
      names = "--stats-json",
      description = "Count what is executed, and print JSON to standard error at the end.")
  private boolean statsJson;

  @Option(
      names = "--check",
      paramLabel = "NAME",
      description =
          "With --engine translated, execute everything on this engine too (scalar), and stop at the"
              + " first difference, with exit status 1 and the code that is wrong.")
  private Optional<String> check;

  /** Options after the program are the program's. */
  @Spec
  void setSpec(CommandSpec command) {
    command.parser().stopAtPositional(true);
    spec = command;
  }

  @Override
  public Integer call() {
    RunRequest request = request();
    RunRules.check(request);
    if (request.needsVectors() && !VectorModule.isPresent()) {
      CommandLine root = spec.root().commandLine();
      Restart.withVectors(root.getCommand().getClass(), root.getParseResult().originalArgs());
    }
    PrintWriter err = spec.commandLine().getErr();
    try {
      return new Run(request, err).execute().shellCode();
    } catch (DifferenceFound found) {
      new DifferenceReport(found.difference()).print(err);
      return DIFFERS;
    }
  }

  private RunRequest request() {
    return new RunRequest(
        model.choice(),
        engine.choice(),
        guest.request(),
        display.request(),
        learning.request(),
        extension,
        acceleration.request(),
        snapshots.request(),
        statistics(),
        check,
        strace);
  }

  private Optional<Statistics> statistics() {
    if (statsJson) {
      return Optional.of(Statistics.JSON);
    }
    return stats ? Optional.of(Statistics.TABLE) : Optional.empty();
  }
}
