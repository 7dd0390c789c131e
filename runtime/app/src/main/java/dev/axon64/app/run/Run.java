package dev.axon64.app.run;

import com.google.gson.JsonElement;
import dev.axon64.app.guest.GuestMachine;
import dev.axon64.app.guest.HostSignals;
import dev.axon64.app.run.RunRequest.Statistics;
import dev.axon64.codegen.network.Network;
import dev.axon64.linux.ExitStatus;
import dev.axon64.linux.LinuxMachine;
import dev.axon64.machine.engine.Engine;
import dev.axon64.machine.engine.EngineKind;
import dev.axon64.machine.engine.Profile;
import dev.axon64.machine.engine.RegionCounts;
import dev.axon64.machine.extend.ExtendedModel;
import dev.axon64.machine.memory.Prefetcher;
import dev.axon64.machine.translate.Translator;
import dev.axon64.propose.companion.CompanionFolder;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Carries out a request that breaks no rule: builds engines and machine, runs them, reports. */
final class Run {
  private final RunRequest request;
  private final PrintWriter err;
  private final Network network;

  /** In the order in which they report. */
  private final List<RunPart> parts = new ArrayList<>();

  private final Optional<Counting> counting;
  private final Optional<Restored> restored;
  private final Supplier<Engine> engines;

  /** What a run ends with; it reports when all others have. */
  private final Optional<Saving> saving;

  /**
   * Reads networks and snapshots, and makes engines.
   *
   * @param err takes reports and messages
   * @throws dev.axon64.codegen.support.InputException if something cannot be read or does not fit
   */
  Run(RunRequest request, PrintWriter err) {
    this.request = request;
    this.err = err;
    network = request.model().network();
    counting = request.statistics().map(form -> new Counting(network.spec(), form));
    Optional<CompanionFolder> weights =
        request.acceleration().companions().map(CompanionFolder::of);
    Optional<Supplier<Prefetcher>> guesses = PageGuesses.of(request, weights);
    engines = engines(weights, guesses);
    boolean root = request.guest().root().isPresent();
    restored = request.snapshots().restored().map(file -> Restored.open(file, root, guesses));
    restored.ifPresent(parts::add);
    request.display().map(shown -> new Displaying(shown, err)).ifPresent(parts::add);
    saving =
        request.snapshots().file().map(file -> Saving.of(request.snapshots(), file, executed()));
    counting.flatMap(on -> RunProgress.shown(request.guest().limits())).ifPresent(parts::add);
  }

  private Supplier<Engine> engines(
      Optional<CompanionFolder> weights, Optional<Supplier<Prefetcher>> guesses) {
    Optional<Profile> profile = counting.map(Counting::profile);
    if (request.extension().isPresent()) {
      return ExtendedModel.read(request.extension().get()).engines();
    }
    if (request.learning().wanted()) {
      Learning learning = Learning.of(request.learning(), network);
      parts.add(learning);
      return learning.engines(profile);
    }
    if (request.check().isPresent()) {
      Checking checking = new Checking(network, new Translator());
      parts.add(checking);
      return checking.engines();
    }
    Optional<Acceleration> loops = Acceleration.of(request.acceleration(), weights, profile);
    loops.ifPresent(parts::add);
    EngineKind kind = request.engine().kind();
    if (kind.stages() && guesses.isPresent()) {
      Staging staging = Staging.guessing(guesses.get());
      parts.add(staging);
      kind = kind.with(staging.pages());
    }
    if (kind.translates() && counting.isPresent()) {
      Translating translating = new Translating(new RegionCounts());
      parts.add(translating);
      kind = kind.watchedBy(translating.counts());
    }
    return kind.open(
        network,
        request.engine().policy(),
        profile.orElse(null),
        loops.map(Acceleration::accelerator).orElse(null));
  }

  /** Instructions that the guest had executed before this run. */
  private long executed() {
    return restored.map(Restored::executed).orElse(0L);
  }

  /**
   * Runs the guest to its end, and reports.
   *
   * @throws dev.axon64.codegen.support.InputException if the guest cannot start, or no snapshot
   *     could be taken
   */
  ExitStatus execute() {
    long start = System.nanoTime();
    ExitStatus status = run();
    long nanoseconds = System.nanoTime() - start;
    report(new RunOutcome(status, status.instructions() - executed(), nanoseconds));
    err.flush();
    return status;
  }

  private ExitStatus run() {
    List<RunPart> all = new ArrayList<>(parts);
    saving.ifPresent(all::add);
    try {
      Supplier<Engine> watched = engines;
      for (RunPart part : all) {
        watched = part.watching(watched);
      }
      LinuxMachine.Builder machine =
          restored.isPresent()
              ? GuestMachine.without(request.guest(), watched, err)
              : GuestMachine.starting(request.guest(), watched, err);
      machine.flatMemory(request.engine().kind().translates());
      all.forEach(part -> part.prepare(machine));
      if (request.strace()) {
        machine.strace(err::println);
      }
      machine.expectSignals(true);
      LinuxMachine built = machine.build();
      HostSignals signals = HostSignals.passedTo(built);
      try {
        return built.run();
      } finally {
        signals.close();
      }
    } finally {
      all.forEach(RunPart::close);
    }
  }

  private void report(RunOutcome outcome) {
    explain(outcome.status());
    boolean asJson = request.statistics().equals(Optional.of(Statistics.JSON));
    Map<String, JsonElement> members = new LinkedHashMap<>();
    for (RunPart part : parts) {
      Map<String, JsonElement> json = asJson ? part.json(outcome) : Map.of();
      members.putAll(json);
      if (json.isEmpty()) {
        part.report(outcome, err);
      }
    }
    counting.ifPresent(counts -> counts.report(outcome, executed(outcome), members, err));
    saving.ifPresent(snapshot -> snapshot.report(outcome, err));
  }

  /** Instructions by what executed them; empty if that was the scalar engine alone. */
  private Map<String, Long> executed(RunOutcome outcome) {
    Map<String, Long> others = new TreeMap<>();
    parts.forEach(part -> others.putAll(part.shares()));
    if (others.isEmpty()) {
      return others;
    }
    Map<String, Long> all = new LinkedHashMap<>();
    long rest = others.values().stream().mapToLong(Long::longValue).sum();
    all.put("one at a time", outcome.executed() - rest);
    all.putAll(others);
    return all;
  }

  /** Says why the guest ended, where the exit status alone does not. */
  private void explain(ExitStatus status) {
    switch (status.ending()) {
      case INSTRUCTION_LIMIT ->
          err.println(
              "axon64: stopped after "
                  + status.instructions()
                  + " instructions (--max-instructions)");
      case INTERRUPTED -> err.println("axon64: interrupted");
      case EXITED, SIGNALLED, MISDISPATCH, SNAPSHOT, DEADLOCK -> {}
    }
  }
}
