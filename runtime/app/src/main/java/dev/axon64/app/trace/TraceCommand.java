package dev.axon64.app.trace;

import dev.axon64.app.guest.GuestMachine;
import dev.axon64.app.guest.GuestOptions;
import dev.axon64.app.options.AddressOptions;
import dev.axon64.app.options.CompanionOptions;
import dev.axon64.app.options.ModelOptions;
import dev.axon64.codegen.network.Network;
import dev.axon64.codegen.support.AtomicFiles;
import dev.axon64.codegen.support.InputException;
import dev.axon64.linux.ExitStatus;
import dev.axon64.machine.engine.Engines;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code axon64 trace}: every instruction of a run, with its kernel and what it changed. */
@Command(
    name = "trace",
    mixinStandardHelpOptions = true,
    description =
        "Run a program and write each instruction, its kernel and the registers it changed.",
    footer = {
      "",
      "Exit status: the program's, or 128 and the number of the signal that ended it.",
      "Example: axon64 trace --kernel BRANCH --count 20 program"
    })
public final class TraceCommand implements Callable<Integer> {
  private CommandSpec spec;

  @Mixin private ModelOptions model;

  @Mixin private GuestOptions guest;

  @Mixin private CompanionOptions companions;

  @Mixin private AddressOptions addresses;

  @Option(
      names = "--kernel",
      paramLabel = "NAME",
      description = "Write only instructions of this kernel. Repeatable.")
  private List<String> kernels = List.of();

  @Option(
      names = "--mnemonic",
      paramLabel = "GLOB",
      description = "Write only instructions whose mnemonic matches, such as 'ld*'. Repeatable.")
  private List<String> mnemonics = List.of();

  @Option(
      names = "--skip",
      paramLabel = "N",
      description = "Leave out the first N that match. Default: 0.")
  private long skip;

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "Write at most N instructions. Default: all.")
  private long count = Long.MAX_VALUE;

  @Option(
      names = "--json",
      description = "Write JSON: one line for each instruction, or with --cache one object.")
  private boolean json;

  @Option(
      names = "--cache",
      description =
          "Write no instructions: send the loads and stores through simulated caches, and write how"
              + " well prefetchers do.")
  private boolean cache;

  @Option(
      names = "--oracle",
      paramLabel = "FILE",
      description =
          "With --cache, add a memory oracle with these weights; a .npy holds the published ones."
              + " Repeatable.")
  private List<Path> oracles = List.of();

  @Option(
      names = "--loops",
      paramLabel = "FILE",
      description = "Write no instructions: record loops for training to this .npy.")
  private Optional<Path> loops;

  @Option(
      names = "--memory",
      paramLabel = "FILE",
      description = "Write no instructions: record what is accessed, for training, to this .npy.")
  private Optional<Path> memory;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Write to this file. Default: standard error.")
  private Optional<Path> file;

  /** Options after the program are the program's. */
  @Spec
  void setSpec(CommandSpec command) {
    command.parser().stopAtPositional(true);
    spec = command;
  }

  @Override
  public Integer call() {
    check();
    Network network = model.choice().network();
    Tracer.Filter filter = filter(network.spec().kernels());
    PrintWriter err = spec.commandLine().getErr();
    loops.ifPresent(AtomicFiles::checkWritable);
    memory.ifPresent(AtomicFiles::checkWritable);
    if (loops.isPresent()) {
      return run(network, new LoopRecording(loops.get()), err);
    }
    if (memory.isPresent()) {
      return run(network, new AccessRecording(memory.get()), err);
    }
    if (file.isEmpty()) {
      return run(network, observation(network, filter, err), err);
    }
    try (TraceFile out = new TraceFile(file.get())) {
      int status = run(network, observation(network, filter, out.writer()), err);
      out.finish();
      return status;
    }
  }

  private Observation observation(Network network, Tracer.Filter filter, PrintWriter out) {
    return cache
        ? new CacheTrace(companions.folder(), oracles, json, out)
        : new Tracer(network.spec().kernels(), filter, json, out);
  }

  /** Refuses what does not go together. */
  private void check() {
    if (!oracles.isEmpty() && !cache) {
      throw new InputException("--oracle", "is for the simulated caches; give --cache too");
    }
    if (companions.folder().isPresent() && !cache) {
      throw new InputException("--companions", "is for the simulated caches; give --cache too");
    }
    if (loops.isPresent() && memory.isPresent() || cache && recorded()) {
      throw new InputException(
          "--loops, --memory, --cache", "need separate runs; give one of them");
    }
  }

  private boolean recorded() {
    return loops.isPresent() || memory.isPresent();
  }

  private int run(Network network, Observation observation, PrintWriter err) {
    ExitStatus status =
        GuestMachine.starting(
                guest.request(),
                Engines.observed(Engines.dispatchers(network), observation::observer),
                err)
            .build()
            .run();
    observation.end(status);
    return status.shellCode();
  }

  private Tracer.Filter filter(List<String> known) {
    return new Tracer.Filter(
        kernels.stream().map(kernel -> kernel(kernel, known)).toList(),
        mnemonics.stream().map(TraceCommand::pattern).toList(),
        addresses.range(),
        skip,
        count);
  }

  private static String kernel(String given, List<String> known) {
    String name = given.toUpperCase(Locale.ROOT);
    if (!known.contains(name)) {
      throw new InputException("--kernel " + given, "is no kernel; one of " + known);
    }
    return name;
  }

  private static Pattern pattern(String glob) {
    return Pattern.compile(
        Pattern.quote(glob).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q"),
        Pattern.CASE_INSENSITIVE);
  }
}
