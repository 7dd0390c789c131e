package dev.axon64.app.run;

import com.google.gson.JsonObject;
import dev.axon64.propose.accelerate.Accelerator;
import dev.axon64.propose.accelerate.Tally;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;

/** What came of the networks' proposals in a run. */
record AccelerationReport(Accelerator accelerator, long instructions) {
  private static final double MILLI = 1e6;

  void print(PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "%-10s %8s %7s %8s %9s %16s %7s %12s %10s %10s %11s%n",
        "proposals",
        "proposed",
        "proven",
        "refused",
        "applied",
        "instructions",
        "share",
        "gained ms",
        "applied ms",
        "proofs ms",
        "network ms");
    accelerator
        .tallies()
        .forEach(
            (network, tally) ->
                out.printf(
                    Locale.ROOT,
                    "%-10s %,8d %,7d %,8d %,9d %,16d %6.2f%% %,12.1f %,10.1f %,10.1f %,11.1f%n",
                    name(network),
                    tally.proposed,
                    tally.proven,
                    tally.refused.values().stream().mapToLong(Long::longValue).sum(),
                    tally.applied,
                    tally.skipped,
                    instructions == 0 ? 0 : 100.0 * tally.skipped / instructions,
                    tally.gained(accelerator.fastest()) / MILLI,
                    tally.applyNanos / MILLI,
                    tally.proofNanos / MILLI,
                    tally.networkNanos / MILLI));
    accelerator.tallies().forEach((network, tally) -> details(network, tally, out));
    accelerator
        .unread()
        .forEach(
            (why, loops) ->
                out.printf(Locale.ROOT, "  nothing to propose, for %s: %,d%n", why, loops));
    out.printf(
        Locale.ROOT,
        "  gained over executing at %.1f ns an instruction, the fastest of this run%n",
        accelerator.fastest());
  }

  private static void details(Accelerator.Network network, Tally tally, PrintWriter out) {
    for (Map.Entry<String, Long> why : tally.refused.entrySet()) {
      out.printf(
          Locale.ROOT, "  %s refused: %s, %,d%n", name(network), why.getKey(), why.getValue());
    }
    if (tally.givenUp > 0) {
      out.printf(Locale.ROOT, "  %s given up: did not pay, %,d%n", name(network), tally.givenUp);
    }
    if (!tally.off.isEmpty()) {
      out.printf(Locale.ROOT, "  %s switched off: %s%n", name(network), tally.off);
    }
  }

  private static String name(Accelerator.Network network) {
    return network.name().toLowerCase(Locale.ROOT);
  }

  /** The same figures by network; times in milliseconds. */
  JsonObject json() {
    JsonObject all = new JsonObject();
    accelerator
        .tallies()
        .forEach(
            (network, tally) -> {
              JsonObject one = new JsonObject();
              one.addProperty("proposed", tally.proposed);
              one.addProperty("proven", tally.proven);
              JsonObject refused = new JsonObject();
              tally.refused.forEach(refused::addProperty);
              one.add("refused", refused);
              one.addProperty("givenUp", tally.givenUp);
              one.addProperty("applied", tally.applied);
              one.addProperty("instructions", tally.skipped);
              one.addProperty("gainedMs", tally.gained(accelerator.fastest()) / MILLI);
              one.addProperty("gainedOverNanosEach", accelerator.fastest());
              one.addProperty("applyMs", tally.applyNanos / MILLI);
              one.addProperty("proofMs", tally.proofNanos / MILLI);
              one.addProperty("networkMs", tally.networkNanos / MILLI);
              one.addProperty("off", tally.off);
              all.add(name(network), one);
            });
    return all;
  }

  /** Loops that no network was asked about, by reason. */
  JsonObject unread() {
    JsonObject unread = new JsonObject();
    accelerator.unread().forEach(unread::addProperty);
    return unread;
  }
}
