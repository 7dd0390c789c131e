package dev.axon64.bench.cli;

import dev.axon64.bench.accelerate.AccelerationRun;
import dev.axon64.bench.accelerate.Gain;
import dev.axon64.bench.accelerate.Program;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What acceleration was worth.
 *
 * @param host where
 * @param rounds each command was timed
 * @param quick whether on a tenth of the work
 * @param result program by program
 */
record AccelerationTable(Host host, int rounds, boolean quick, AccelerationRun.Result result)
    implements Report {
  private static final String LINE = "%-22s %16s %13s %9s %9s %9s %6s%s%n";

  /** Whether every program did the same with and without. */
  boolean alike() {
    return result.gains().stream().allMatch(gain -> gain.difference().isEmpty());
  }

  @Override
  public String text() {
    StringBuilder out = new StringBuilder();
    out.append(
        Figures.line(
            "Whole commands, axon64 run --accelerate none and all, start and networks included. %s.",
            host.text()));
    out.append(
        Figures.line(
            "Medians of %s%s. %s",
            Figures.rounds(rounds),
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
    List<Gain> gains =
        Arrays.stream(Program.Group.values()).map(this::of).flatMap(List::stream).toList();
    out.append(
        Figures.grouped(gains, gain -> gain.program().group().label(), AccelerationTable::row));
    out.append(System.lineSeparator());
    result.failed().forEach(why -> out.append(Figures.line("Not measured: %s", why)));
    out.append(Figures.line("%s", means()));
    return out.toString();
  }

  private static String row(Gain gain) {
    return String.format(
        Locale.ROOT,
        LINE,
        gain.program().name(),
        String.format(Locale.ROOT, "%,d", gain.instructions()),
        Figures.number(gain.oneIn()),
        Figures.number(gain.plainSeconds()),
        Figures.number(gain.fastSeconds()),
        Figures.number(gain.ratio()),
        Figures.percent(gain.spread()),
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
                .formatted(group.label(), Figures.number(Gain.mean(of)), of.size()));
      }
    }
    return "Geometric mean of none/all: " + String.join(", ", means) + ".";
  }

  @Override
  public String json() {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("machine", host);
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
    return Figures.json(root);
  }

  private static Map<String, Object> jsonRow(Gain gain) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("program", gain.program().name());
    map.put("group", gain.program().group().label());
    map.put("command", GuestJvm.words(gain.program()));
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
