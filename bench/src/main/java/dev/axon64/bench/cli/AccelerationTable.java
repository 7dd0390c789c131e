package dev.axon64.bench.cli;

import com.google.gson.GsonBuilder;
import dev.axon64.bench.accelerate.AccelerationRun;
import dev.axon64.bench.accelerate.Gain;
import dev.axon64.bench.accelerate.Program;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What acceleration was worth.
 *
 * @param machine where
 * @param rounds each command was timed
 * @param quick whether on a tenth of the work
 * @param result program by program
 */
record AccelerationTable(
    Machine machine, int rounds, boolean quick, AccelerationRun.Result result) {
  private static final String LINE = "%-22s %16s %13s %9s %9s %9s %6s%s%n";

  /** Whether every program did the same with and without. */
  boolean alike() {
    return result.gains().stream().allMatch(gain -> gain.difference().isEmpty());
  }

  String text() {
    StringBuilder out = new StringBuilder();
    out.append(
        line(
            "Whole commands, axon64 run --accelerate none and all, start and networks included. %s.",
            machine.text()));
    out.append(
        line(
            "Medians of %d round%s%s. %s",
            rounds,
            rounds == 1 ? "" : "s",
            quick ? " of a tenth of the work" : "",
            alike()
                ? "Output, exit status and instructions are the same in all runs."
                : "SOME PROGRAMS DID NOT END ALIKE."));
    out.append(System.lineSeparator());
    out.append(
        String.format(
            LINE,
            "program",
            "instructions",
            "executed 1 in",
            "none s",
            "all s",
            "none/all",
            "+-",
            ""));
    for (Program.Group group : Program.Group.values()) {
      List<Gain> of = of(group);
      if (!of.isEmpty()) {
        out.append(System.lineSeparator());
        of.forEach(gain -> out.append(row(gain)));
      }
    }
    out.append(System.lineSeparator());
    result.failed().forEach(why -> out.append(line("Not measured: %s", why)));
    out.append(line("%s", means()));
    return out.toString();
  }

  private static String line(String format, Object... values) {
    return String.format(Locale.ROOT, format + "%n", values);
  }

  private static String row(Gain gain) {
    return String.format(
        Locale.ROOT,
        LINE,
        gain.program().name(),
        String.format(Locale.ROOT, "%,d", gain.instructions()),
        BenchReport.number(gain.oneIn()),
        BenchReport.number(gain.plainSeconds()),
        BenchReport.number(gain.fastSeconds()),
        BenchReport.number(gain.ratio()),
        String.format(Locale.ROOT, "%.0f%%", 100 * gain.spread()),
        gain.difference().isEmpty() ? "" : "  DIFFERS: " + gain.difference());
  }

  private List<Gain> of(Program.Group group) {
    return result.gains().stream().filter(gain -> gain.program().group() == group).toList();
  }

  private String means() {
    List<String> means = new ArrayList<>();
    for (Program.Group group : Program.Group.values()) {
      List<Gain> of = of(group);
      if (!of.isEmpty()) {
        means.add(
            "%s %s (%d programs)"
                .formatted(group.label(), BenchReport.number(Gain.mean(of)), of.size()));
      }
    }
    return "Geometric mean of none/all: " + String.join(", ", means) + ".";
  }

  String json() {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("machine", machine);
    root.put("rounds", rounds);
    root.put("quick", quick);
    Map<String, Double> means = new LinkedHashMap<>();
    for (Program.Group group : Program.Group.values()) {
      if (!of(group).isEmpty()) {
        means.put(group.label(), Gain.mean(of(group)));
      }
    }
    root.put("geometricMeans", means);
    root.put("failed", result.failed());
    root.put("programs", result.gains().stream().map(AccelerationTable::jsonRow).toList());
    return new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(root)
        + System.lineSeparator();
  }

  private static Map<String, Object> jsonRow(Gain gain) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("program", gain.program().name());
    map.put("group", gain.program().group().label());
    map.put("command", gain.program().arguments());
    map.put("instructions", gain.instructions());
    map.put("executedOneIn", gain.oneIn());
    map.put("secondsNone", gain.plainSeconds());
    map.put("secondsAll", gain.fastSeconds());
    map.put("ratio", gain.ratio());
    map.put("spread", gain.spread());
    map.put("difference", gain.difference());
    return map;
  }
}
