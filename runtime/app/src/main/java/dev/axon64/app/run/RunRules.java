package dev.axon64.app.run;

import dev.axon64.app.options.EngineOptions;
import dev.axon64.app.run.AccelerationRequest.Prefetch;
import dev.axon64.app.run.RunRequest.Statistics;
import dev.axon64.codegen.support.InputException;
import dev.axon64.machine.engine.EngineKind;
import dev.axon64.machine.engine.EngineKinds;
import dev.axon64.machine.engine.Engines.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What does not go together in a run. Each contradiction is refused in one line. */
final class RunRules {
  /** Each refuses one contradiction; the first that is found is told. */
  private static final List<Consumer<RunRequest>> RULES =
      List.of(
          RunRules::enginesHavePolicies,
          RunRules::extensionsRunByThemselves,
          RunRules::someEnginesCount,
          RunRules::onlyTranslationsAreChecked,
          RunRules::checksRunByThemselves,
          RunRules::learningIsAskedFor,
          RunRules::learningSeesEveryInstruction,
          RunRules::learningHasItsEngine,
          RunRules::someEnginesAccelerate,
          RunRules::prefetchNeedsPages,
          RunRules::companionsPropose,
          RunRules::snapshotsHaveATime,
          RunRules::restoredGuestsAreWhole);

  private RunRules() {}

  /**
   * Refuses what does not go together.
   *
   * @throws InputException saying which options, and what to do
   */
  static void check(RunRequest request) {
    RULES.forEach(rule -> rule.accept(request));
  }

  private static void refuse(boolean broken, String options, String why) {
    if (broken) {
      throw new InputException(options, why);
    }
  }

  private static void enginesHavePolicies(RunRequest request) {
    List<Policy> can = request.engine().kind().policies();
    Policy policy = request.engine().policy();
    refuse(
        !can.contains(policy),
        "--dispatch " + EngineOptions.Choice.name(policy),
        "the engine %s dispatches by %s only; leave it out or choose another --engine"
            .formatted(request.engine().kind().name(), EngineOptions.Choice.name(can.getFirst())));
  }

  private static void extensionsRunByThemselves(RunRequest request) {
    List<String> others = new ArrayList<>();
    if (request.engine().isNamed()) {
      others.add("--engine");
    }
    request.engine().dispatch().ifPresent(policy -> others.add("--dispatch"));
    request.statistics().map(Statistics::option).ifPresent(others::add);
    if (request.learning().wanted()) {
      others.add("--learn");
    }
    if (request.acceleration().isAskedFor()) {
      others.add("--accelerate");
    }
    refuse(
        request.extension().isPresent() && !others.isEmpty(),
        String.join(", ", others),
        (others.size() == 1 ? "does" : "do")
            + " not go with --extension; leave one or the other out");
  }

  private static void someEnginesCount(RunRequest request) {
    refuse(
        request.statistics().isPresent()
            && !request.engine().kind().profiles()
            && !request.engine().kind().translates(),
        request.statistics().map(Statistics::option).orElse(""),
        "the engine %s does not count what it executes; leave it out or choose --engine scalar"
            .formatted(request.engine().kind().name()));
  }

  private static void onlyTranslationsAreChecked(RunRequest request) {
    String given = "--check " + request.check().orElse("");
    refuse(
        request.check().filter(name -> !name.equals(Checking.REFERENCE)).isPresent(),
        given,
        "is no engine to be held to; give scalar");
    refuse(
        request.check().isPresent() && !request.engine().kind().translates(),
        given,
        "is for translated code; add --engine translated");
  }

  private static void checksRunByThemselves(RunRequest request) {
    List<String> others = new ArrayList<>();
    request.statistics().map(Statistics::option).ifPresent(others::add);
    if (request.learning().wanted()) {
      others.add("--learn");
    }
    if (request.acceleration().isAskedFor()) {
      others.add("--accelerate");
    }
    request.extension().ifPresent(folder -> others.add("--extension"));
    refuse(
        request.check().isPresent() && !others.isEmpty(),
        String.join(", ", others),
        (others.size() == 1 ? "does" : "do") + " not go with --check; leave one or the other out");
  }

  private static void learningIsAskedFor(RunRequest request) {
    refuse(
        request.learning().saysHow() && !request.learning().wanted(),
        "--learn-from, --learn-out, --learn-log, --learn-finish",
        "go with --learn; add it");
  }

  private static void learningSeesEveryInstruction(RunRequest request) {
    refuse(
        request.learning().wanted() && !request.acceleration().networks().isEmpty(),
        "--learn",
        "learns from every instruction, and --accelerate skips some; leave one of them out");
  }

  private static void learningHasItsEngine(RunRequest request) {
    boolean others = !request.engine().kind().name().equals(EngineKinds.reference().name());
    refuse(
        request.learning().wanted() && (others || request.engine().policy() != Policy.PAGE),
        "--learn",
        "goes with --engine scalar and --dispatch page; leave these options out");
  }

  private static void someEnginesAccelerate(RunRequest request) {
    EngineKind kind = request.engine().kind();
    Policy policy = request.engine().policy();
    boolean byPolicy = kind.policies().stream().anyMatch(kind::accelerates);
    refuse(
        !request.acceleration().networks().isEmpty() && !kind.accelerates(policy),
        "--accelerate",
        byPolicy
            ? "with --dispatch %s every instruction is executed; leave out one of the two"
                .formatted(EngineOptions.Choice.name(policy))
            : "the engine %s executes every instruction; leave it out or choose --engine scalar"
                .formatted(kind.name()));
  }

  private static void prefetchNeedsPages(RunRequest request) {
    refuse(
        request.acceleration().prefetch() == Prefetch.ASKED_FOR && !request.pagesArrive(),
        "--accelerate prefetch",
        "is for guests from a snapshot and for the shader; give --restore or --engine executor too");
  }

  private static void companionsPropose(RunRequest request) {
    refuse(
        request.acceleration().companions().isPresent() && !request.acceleration().isAskedFor(),
        "--companions",
        "is for networks that propose; add --accelerate");
  }

  private static void snapshotsHaveATime(RunRequest request) {
    refuse(
        request.snapshots().file().isPresent() != request.snapshots().after().isPresent(),
        "--snapshot, --snapshot-after",
        "go together; give a file and how many instructions");
    refuse(
        request.snapshots().after().orElse(0L) < 0,
        "--snapshot-after " + request.snapshots().after().orElse(0L),
        "is before the program begins; give 0 or more");
  }

  private static void restoredGuestsAreWhole(RunRequest request) {
    if (request.snapshots().restored().isEmpty()) {
      return;
    }
    refuse(
        request.guest().program().isPresent(),
        "--restore " + request.snapshots().restored().get(),
        "goes on with its own program; leave out PROGRAM and what follows");
    List<String> own = new ArrayList<>();
    if (!request.guest().environment().isEmpty()) {
      own.add("--env");
    }
    request.guest().folder().ifPresent(folder -> own.add("--cwd"));
    refuse(
        !own.isEmpty(),
        String.join(", ", own),
        own.size() == 1
            ? "is the restored guest's own already; leave it out"
            : "are the restored guest's own already; leave them out");
  }
}
