package dev.axon64.app.run;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.axon64.machine.engine.RegionCounts;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Hot code that is translated.
 *
 * @param counts what is made of it
 */
record Translating(RegionCounts counts) implements RunPart {
  private static final double MILLI = 1e6;

  @Override
  public Map<String, Long> shares() {
    return Map.of("regions", counts.executed());
  }

  @Override
  public void report(RunOutcome outcome, PrintWriter err) {
    err.printf(
        Locale.ROOT,
        "%-10s %8s %8s %8s %16s %12s %16s %14s%n",
        "regions",
        "made",
        "refused",
        "dropped",
        "instructions in",
        "bytecode",
        "translating ms",
        "entered");
    err.printf(
        Locale.ROOT,
        "%-10s %,8d %,8d %,8d %,16d %,12d %,16.1f %,14d%n",
        "",
        counts.made(),
        counts.refused(),
        counts.dropped(),
        counts.instructions(),
        counts.bytes(),
        counts.nanoseconds() / MILLI,
        counts.entries());
    err.println(
        counts.exits().entrySet().stream()
            .map(exit -> String.format(Locale.ROOT, "%s %,d", exit.getKey(), exit.getValue()))
            .collect(Collectors.joining(", ", "  exits: ", "")));
  }

  @Override
  public Map<String, JsonElement> json(RunOutcome outcome) {
    JsonObject all = new JsonObject();
    all.addProperty("made", counts.made());
    all.addProperty("refused", counts.refused());
    all.addProperty("dropped", counts.dropped());
    all.addProperty("guestInstructions", counts.instructions());
    all.addProperty("bytecode", counts.bytes());
    all.addProperty("translationMs", counts.nanoseconds() / MILLI);
    all.addProperty("entered", counts.entries());
    all.addProperty("instructions", counts.executed());
    JsonObject exits = new JsonObject();
    counts.exits().forEach(exits::addProperty);
    all.add("exits", exits);
    return Map.of("regions", all);
  }
}
