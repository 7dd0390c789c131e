package dev.axon64.bench.cli;

import static dev.axon64.bench.cli.Figures.line;

import dev.axon64.bench.Shots.Time;
import dev.axon64.bench.emulate.GuestExecutor;
import dev.axon64.bench.emulate.Workload;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How fast guests were executed.
 *
 * @param host where
 * @param quick whether less was measured
 * @param speeds of hot code, million instructions a second
 * @param flat what code that is not hot took, if that was measured
 * @param flatInstructions million instructions of that
 */
record EmulationTable(
    Host host,
    boolean quick,
    Map<Workload, Map<GuestExecutor, Double>> speeds,
    Map<GuestExecutor, Time> flat,
    double flatInstructions)
    implements Report {
  private static final List<GuestExecutor> PEERS =
      List.of(GuestExecutor.QEMU, GuestExecutor.UNICORN);

  @Override
  public String text() {
    StringBuilder out = new StringBuilder();
    out.append(line("Guest programs, model a64. %s.", host.text()));
    if (!speeds.isEmpty()) {
      out.append(line("Million instructions a second, warm%s.%n", quick ? " (quick)" : ""));
      out.append(row("workload", measured(), GuestExecutor::label));
      for (Workload workload : speeds.keySet()) {
        out.append(
            row(workload.label(), measured(), executor -> speed("%.1f", workload, executor)));
      }
      PEERS.stream().filter(measured()::contains).forEach(peer -> out.append(ratios(peer)));
    }
    if (!flat.isEmpty()) {
      out.append(flatText());
    }
    return out.toString();
  }

  private String speed(String format, Workload workload, GuestExecutor executor) {
    return String.format(Locale.ROOT, format, speeds.get(workload).get(executor));
  }

  private String ratios(GuestExecutor peer) {
    List<GuestExecutor> others = measured().stream().filter(one -> one != peer).toList();
    StringBuilder out = new StringBuilder();
    out.append(line("")).append(row("times " + peer.label(), others, GuestExecutor::label));
    for (Workload workload : speeds.keySet()) {
      out.append(
          row(
              workload.label(),
              others,
              executor -> Figures.number(ratio(workload, executor, peer))));
    }
    out.append(row("geometric mean", others, executor -> Figures.number(mean(executor, peer))));
    return out.toString();
  }

  private double ratio(Workload workload, GuestExecutor executor, GuestExecutor peer) {
    return speeds.get(workload).get(executor) / speeds.get(workload).get(peer);
  }

  /** Geometric mean of how many times as fast as a peer, over the workloads of hot code. */
  double mean(GuestExecutor executor, GuestExecutor peer) {
    return Math.exp(
        speeds.keySet().stream()
            .mapToDouble(workload -> Math.log(ratio(workload, executor, peer)))
            .average()
            .orElseThrow());
  }

  private String flatText() {
    StringBuilder out = new StringBuilder();
    out.append(
        line(
            "%nFlat code: %.1f million instructions, cold, in seconds; and times the seconds of %s.%n",
            flatInstructions, GuestExecutor.QEMU.label()));
    out.append(flatRow("executor", "passed", "times", "processors", "times"));
    flat.forEach(
        (executor, time) ->
            out.append(
                flatRow(
                    executor.label(),
                    Figures.number(time.passed() / 1e9),
                    Figures.number(times(time, Time::passed)),
                    Figures.number(time.spent() / 1e9),
                    Figures.number(times(time, Time::spent)))));
    return out.toString();
  }

  private static String flatRow(String name, String... cells) {
    return cells(name, 12, Arrays.stream(cells));
  }

  private OptionalDouble times(Time time, Function<Time, Double> part) {
    Time qemu = flat.get(GuestExecutor.QEMU);
    return qemu == null
        ? OptionalDouble.empty()
        : OptionalDouble.of(part.apply(time) / part.apply(qemu));
  }

  private List<GuestExecutor> measured() {
    return Arrays.stream(GuestExecutor.values())
        .filter(executor -> speeds.values().stream().allMatch(row -> row.containsKey(executor)))
        .toList();
  }

  private static String row(
      String name, List<GuestExecutor> executors, Function<GuestExecutor, String> cell) {
    return cells(name, 17, executors.stream().map(cell));
  }

  private static String cells(String name, int width, Stream<String> cells) {
    return line(
        "%-18s%s",
        name,
        cells
            .map(cell -> (" ".repeat(width) + cell).substring(cell.length()))
            .collect(Collectors.joining()));
  }

  @Override
  public String json() {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("machine", host);
    root.put("quick", quick);
    root.put("millionsASecond", speeds);
    Map<String, Map<String, Double>> means = new LinkedHashMap<>();
    for (GuestExecutor peer : PEERS) {
      if (!speeds.isEmpty() && measured().contains(peer)) {
        Map<String, Double> row = new LinkedHashMap<>();
        measured().forEach(executor -> row.put(executor.name(), mean(executor, peer)));
        means.put(peer.name(), row);
      }
    }
    root.put("geometricMeans", means);
    root.put("flat", flat);
    return Figures.json(root);
  }
}
