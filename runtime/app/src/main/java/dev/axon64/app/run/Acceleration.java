package dev.axon64.app.run;

import com.google.gson.JsonElement;
import dev.axon64.codegen.isa.Meanings;
import dev.axon64.machine.engine.Profile;
import dev.axon64.propose.accelerate.Accelerator;
import dev.axon64.propose.accelerate.Companions;
import dev.axon64.propose.accelerate.Heat;
import dev.axon64.propose.companion.CompanionFolder;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * Loops that are applied at once.
 *
 * @param accelerator who takes over hot loops
 */
record Acceleration(Accelerator accelerator) implements RunPart {
  /**
   * What was asked for; empty if no network may propose.
   *
   * @param weights those that were given in place of the shipped ones
   * @param profile where it counts what it applies
   */
  static Optional<Acceleration> of(
      AccelerationRequest request, Optional<CompanionFolder> weights, Optional<Profile> profile) {
    if (request.networks().isEmpty()) {
      return Optional.empty();
    }
    ExecutorService background =
        Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("axon64-proposals").factory());
    // What a user names is read at once, so that an error is told before the program starts. The
    // shipped networks are read when they are first asked.
    Supplier<Companions> proposer =
        weights
            .map(given -> new Companions(given).load(request.networks()))
            .<Supplier<Companions>>map(read -> () -> read)
            .orElse(() -> new Companions(CompanionFolder.shipped()));
    return Optional.of(
        new Acceleration(
            new Accelerator(
                request.networks(),
                Meanings::a64,
                proposer,
                background,
                profile.orElse(null),
                Heat.WORTH_IT)));
  }

  @Override
  public Map<String, Long> shares() {
    long skipped = accelerator.tallies().values().stream().mapToLong(tally -> tally.skipped).sum();
    return Map.of("loops at once", skipped);
  }

  @Override
  public void report(RunOutcome outcome, PrintWriter err) {
    new AccelerationReport(accelerator, outcome.executed()).print(err);
  }

  @Override
  public Map<String, JsonElement> json(RunOutcome outcome) {
    AccelerationReport report = new AccelerationReport(accelerator, outcome.executed());
    Map<String, JsonElement> members = new LinkedHashMap<>();
    members.put("acceleration", report.json());
    members.put("nothingToPropose", report.unread());
    return members;
  }
}
