package dev.axon64.app;

import dev.axon64.codegen.network.Network;
import dev.axon64.codegen.support.InputException;
import dev.axon64.codegen.support.Tool;
import dev.axon64.linux.ExitStatus;
import dev.axon64.linux.LinuxMachine;
import dev.axon64.linux.snapshot.LazyPages;
import dev.axon64.machine.engine.Engine;
import dev.axon64.machine.engine.EngineKind;
import dev.axon64.machine.engine.EngineKinds;
import dev.axon64.machine.engine.Engines;
import dev.axon64.machine.engine.Profile;
import dev.axon64.machine.engine.StagedPages;
import dev.axon64.machine.memory.Prefetcher;
import dev.axon64.propose.accelerate.Accelerator;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Stream;
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

  @Mixin private LearnOptions learning;

  @Mixin private ExtensionOptions extension;

  @Mixin private AccelerateOptions accelerate;

  @Mixin private SnapshotOptions snapshots;

  @Option(
      names = "--engine",
      paramLabel = "NAME",
      description =
          "scalar (the default), lanes: the lane engine with one guest, or metal: the generated"
              + " shader on the JVM.")
  private String engine = "scalar";

  @Option(
      names = "--dispatch",
      paramLabel = "POLICY",
      description =
          "page: the network decides a page of code at its first execution; each: it is asked for"
              + " every instruction. By default page, but each with --engine metal.")
  private Engines.Policy policy;

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
    EngineKind named = EngineKinds.named(engine);
    Supplier<Prefetcher> guesses = accelerate.prefetchers(named.stages() || snapshots.restores());
    StagedPages staged = named.stages() && guesses != null ? new StagedPages(guesses.get()) : null;
    EngineKind kind = staged == null ? named : named.with(staged);
    Engines.Policy asked = policy(kind);
    Profile profile = profile(kind);
    Network network = model.network();
    Accelerator accelerator = accelerate.accelerator(profile);
    Supplier<Engine> engines =
        extension
            .engines(
                given(
                    "--engine", "--dispatch", "--stats", "--stats-json", "--learn", "--accelerate"))
            .orElseGet(() -> learning.engines(kind, network, asked, profile, accelerator));
    snapshots.check(guest, given("--env", "--cwd"));
    PrintWriter err = spec.commandLine().getErr();
    long start = System.nanoTime();
    LazyPages pages = snapshots.pages(guesses);
    ExitStatus status = run(engines, profile, pages, err);
    long nanoseconds = System.nanoTime() - start;
    explain(status, err);
    learning.end(err);
    long executed = status.instructions() - snapshots.before();
    AccelerationReport applied =
        accelerator == null ? null : new AccelerationReport(accelerator, executed);
    ArrivalReport arrivals = pages == null ? null : new ArrivalReport(pages.counts());
    if (applied != null && !statsJson) {
      applied.print(err);
    }
    if (arrivals != null && !statsJson) {
      arrivals.print(err);
    }
    if (staged != null) {
      err.printf(
          Locale.ROOT,
          "axon64: staged for the shader: %,d pages it stopped for, %,d ahead, %,d of them used%n",
          staged.stops,
          staged.ahead,
          staged.used);
    }
    if (profile != null) {
      new RunReport(network.spec(), status, executed, nanoseconds, profile, applied, arrivals)
          .print(statsJson ? RunReport.Format.JSON : RunReport.Format.TABLE, err);
    }
    snapshots.end(status, err);
    err.flush();
    return status.shellCode();
  }

  private ExitStatus run(
      Supplier<Engine> engines, Profile profile, LazyPages pages, PrintWriter err) {
    try (LazyPages open = pages; // null is left alone
        RunProgress progress = RunProgress.of(profile != null, guest.mostInstructions())) {
      Supplier<Engine> watched = progress.watched(engines);
      LinuxMachine.Builder builder = open == null ? guest.builder(watched) : guest.machine(watched);
      builder.messages(line -> err.println("axon64: " + line));
      snapshots.apply(builder, open);
      if (strace) {
        builder.strace(err::println);
      }
      return builder.build().run();
    }
  }

  private List<String> given(String... names) {
    return Stream.of(names)
        .filter(name -> spec.commandLine().getParseResult().hasMatchedOption(name))
        .toList();
  }

  private Engines.Policy policy(EngineKind kind) {
    List<Engines.Policy> can = kind.policies();
    if (policy != null && !can.contains(policy)) {
      throw new InputException(
          "--dispatch " + name(policy),
          "the engine %s dispatches by %s only; leave it out or choose another --engine"
              .formatted(kind.name(), name(can.getFirst())));
    }
    return policy == null ? can.getFirst() : policy;
  }

  private static String name(Engines.Policy policy) {
    return policy.name().toLowerCase(Locale.ROOT);
  }

  private Profile profile(EngineKind kind) {
    if (!stats && !statsJson) {
      return null;
    }
    if (!kind.profiles()) {
      throw new InputException(
          statsJson ? "--stats-json" : "--stats",
          "the engine %s does not count what it executes; leave it out or choose --engine scalar"
              .formatted(kind.name()));
    }
    return new Profile();
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
