package dev.axon64.app.profile;

import dev.axon64.app.guest.GuestMachine;
import dev.axon64.app.guest.GuestOptions;
import dev.axon64.app.guest.GuestRequest;
import dev.axon64.app.options.ModelOptions;
import dev.axon64.codegen.support.AtomicFiles;
import dev.axon64.codegen.support.InputException;
import dev.axon64.linux.ExitStatus;
import dev.axon64.machine.engine.Engine;
import dev.axon64.machine.engine.EngineKinds;
import dev.axon64.machine.engine.Engines.Policy;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code axon64 profile}: where a program spends its instructions. */
@Command(
    name = "profile",
    mixinStandardHelpOptions = true,
    description =
        "Run a program on the engine translated, and say which guest functions it spends its"
            + " instructions in, and what became of its hot code.",
    footer = {
      "",
      "Exit status: the program's, or 128 and the number of the signal that ended it.",
      "Example: axon64 profile --html profile.html program argument"
    })
public final class ProfileCommand implements Callable<Integer> {
  private CommandSpec spec;

  @Mixin private ModelOptions model;

  @Mixin private GuestOptions guest;

  @Option(
      names = "--every",
      paramLabel = "N",
      description =
          "Look at the guest's stack after every N instructions. Default: ${DEFAULT-VALUE}.")
  private long every = 10_007;

  @Option(
      names = "--top",
      paramLabel = "N",
      description = "Show N functions and N regions in the tables. Default: ${DEFAULT-VALUE}.")
  private int most = 20;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Write a flame graph and all regions as one HTML page.")
  private Optional<Path> html;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Write everything that was counted as JSON.")
  private Optional<Path> json;

  /** Options after the program are the program's. */
  @Spec
  void setSpec(CommandSpec command) {
    command.parser().stopAtPositional(true);
    spec = command;
  }

  @Override
  public Integer call() throws IOException {
    if (every < 1) {
      throw new InputException("--every " + every, "is no number of instructions; give 1 or more");
    }
    if (most < 0) {
      throw new InputException("--top " + most, "is no number of rows; give 0 or more");
    }
    html.ifPresent(AtomicFiles::checkWritable);
    json.ifPresent(AtomicFiles::checkWritable);
    GuestRequest request = guest.request();
    PrintWriter err = spec.commandLine().getErr();
    Outcome outcome = run(request, err);
    new ProfileText(outcome, most).print(err);
    err.flush();
    html.ifPresent(file -> AtomicFiles.write(file, new ProfilePage(outcome).text()));
    json.ifPresent(file -> AtomicFiles.write(file, new ProfileJson(outcome).text() + "\n"));
    return outcome.status().shellCode();
  }

  private Outcome run(GuestRequest request, PrintWriter err) throws IOException {
    Samples samples = new Samples(new GuestSymbols(name -> file(request, name)), every);
    RegionProfile regions = new RegionProfile(samples::place);
    Supplier<Engine> engines =
        EngineKinds.translating()
            .watchedBy(regions)
            .open(model.choice().network(), Policy.PAGE, null);
    try (Compilations compilations = new Compilations()) {
      long start = System.nanoTime();
      ExitStatus status =
          GuestMachine.starting(request, () -> new SampledEngine(engines.get(), samples), err)
              .flatMemory(true)
              .build()
              .run();
      long nanoseconds = System.nanoTime() - start;
      return new Outcome(
          request.program().orElseThrow(),
          status,
          nanoseconds,
          samples,
          regions.regions(),
          compilations.byType());
    }
  }

  /** The file of the host that the guest sees under a name. */
  private static Optional<Path> file(GuestRequest request, String name) {
    Path program = Path.of(request.program().orElseThrow());
    if (request.root().isEmpty() && name.equals("/" + program.getFileName())) {
      return Optional.of(program).filter(Files::isRegularFile);
    }
    return Stream.of(request.sysroot(), request.root())
        .flatMap(Optional::stream)
        .map(folder -> folder.resolve(name.substring(1)))
        .filter(Files::isRegularFile)
        .findFirst();
  }
}
