package dev.axon64.bench.cli;

import static dev.axon64.bench.cli.Figures.line;

import dev.axon64.bench.emulate.GuestExecutor;
import dev.axon64.bench.emulate.Workload;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How fast guests were executed.
 *
 * @param host where
 * @param quick whether less was measured
 * @param speeds million instructions a second
 */
record EmulationTable(Host host, boolean quick, Map<Workload, Map<GuestExecutor, Double>> speeds)
    implements Report {
  @Override
  public String text() {
    StringBuilder out = new StringBuilder();
    out.append(line("Guest programs, model a64. %s.", host.text()));
    out.append(line("Million instructions a second%s.%n", quick ? " (quick)" : ""));
    out.append(row("executor", "%12s", Workload::label));
    for (GuestExecutor executor : measured()) {
      out.append(row(executor.label(), "%12.1f", workload -> speed(workload, executor)));
    }
    for (GuestExecutor peer : List.of(GuestExecutor.QEMU, GuestExecutor.UNICORN)) {
      if (measured().contains(peer)) {
        out.append(ratios(peer));
      }
    }
    return out.toString();
  }

  private String ratios(GuestExecutor peer) {
    StringBuilder out = new StringBuilder();
    out.append(line("%n%-18s", "times " + peer.label()));
    for (GuestExecutor executor : measured()) {
      if (executor != peer) {
        out.append(
            row(
                executor.label(),
                "%12.4f",
                workload -> speed(workload, executor) / speed(workload, peer)));
      }
    }
    return out.toString();
  }

  private List<GuestExecutor> measured() {
    return Arrays.stream(GuestExecutor.values())
        .filter(executor -> speeds.values().stream().allMatch(row -> row.containsKey(executor)))
        .toList();
  }

  private double speed(Workload workload, GuestExecutor executor) {
    return speeds.get(workload).get(executor);
  }

  private String row(String name, String format, Function<Workload, Object> cell) {
    return line(
        "%-18s%s",
        name,
        speeds.keySet().stream()
            .map(workload -> String.format(Locale.ROOT, " " + format, cell.apply(workload)))
            .collect(Collectors.joining()));
  }

  @Override
  public String json() {
    return Figures.json(speeds);
  }
}
