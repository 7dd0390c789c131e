package dev.axon64.bench.cli;

import dev.axon64.bench.fuzz.FuzzCase;
import dev.axon64.bench.fuzz.FuzzCase.Emulator;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How often a function was called.
 *
 * @param host where
 * @param instructions of a call, by its input
 * @param times nanoseconds of a call, by round
 */
record FuzzTable(
    Host host,
    int rounds,
    Map<FuzzCase.Input, Long> instructions,
    Map<FuzzCase, List<Double>> times)
    implements Report {
  /** Calls a second, the median of the rounds; empty if it was not measured. */
  OptionalDouble calls(FuzzCase of) {
    List<Double> all = times.getOrDefault(of, List.of());
    return median(all.stream().map(nanoseconds -> 1e9 / nanoseconds).toList());
  }

  /** How many times as often, the median of the rounds' ratios; empty if one was not measured. */
  OptionalDouble ratio(FuzzCase of, FuzzCase to) {
    List<Double> mine = times.getOrDefault(of, List.of());
    List<Double> others = times.getOrDefault(to, List.of());
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < Math.min(mine.size(), others.size()); i++) {
      ratios.add(others.get(i) / mine.get(i));
    }
    return median(ratios);
  }

  private static OptionalDouble median(List<Double> values) {
    return values.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(
            Measurement.quantile(values.stream().mapToDouble(Double::doubleValue).toArray(), 0.5));
  }

  @Override
  public String text() {
    StringBuilder out = new StringBuilder();
    out.append(Figures.line("Calls of one function in process, model a64. %s.", host.text()));
    out.append(
        Figures.line(
            "Calls for a second of the thread's processor time, %s. unhooked: times without the"
                + " hook.%n",
            Figures.rounds(rounds)));
    out.append(
        Figures.line(
            "%-17s %-9s %12s %12s %9s %12s %9s %7s",
            "reset",
            "hook",
            "instructions",
            "axon64",
            "unhooked",
            "libunicorn2",
            "unhooked",
            "times"));
    for (FuzzCase of : FuzzCase.all()) {
      if (of.emulator() == Emulator.AXON64 && isMeasured(of)) {
        out.append(row(of, of.on(Emulator.UNICORN)));
      }
    }
    return out.toString();
  }

  private boolean isMeasured(FuzzCase of) {
    return times.containsKey(of) || times.containsKey(of.on(Emulator.UNICORN));
  }

  private String row(FuzzCase of, FuzzCase peer) {
    return Figures.line(
        "%-17s %-9s %,12d %12s %9s %12s %9s %7s",
        of.reset(),
        of.covered() ? "coverage" : "none",
        instructions.get(of.input()),
        count(calls(of)),
        Figures.number(unhooked(of)),
        count(calls(peer)),
        Figures.number(unhooked(peer)),
        Figures.number(ratio(of, peer)));
  }

  /** How many times as often as without the hook; empty without one. */
  OptionalDouble unhooked(FuzzCase of) {
    Optional<FuzzCase> without = of.unhooked();
    return without.isEmpty() ? OptionalDouble.empty() : ratio(of, without.get());
  }

  private static String count(OptionalDouble calls) {
    return calls.isEmpty() ? "-" : "%,d".formatted(Math.round(calls.getAsDouble()));
  }

  @Override
  public String json() {
    List<Map<String, Object>> cases = new ArrayList<>();
    times.forEach(
        (of, nanoseconds) -> {
          Map<String, Object> one = new LinkedHashMap<>();
          one.put("emulator", of.emulator().label());
          one.put("reset", of.reset());
          one.put("coverage", of.covered());
          one.put("instructions", instructions.get(of.input()));
          one.put("nanoseconds", nanoseconds);
          one.put("callsASecond", calls(of).getAsDouble());
          unhooked(of).ifPresent(ratio -> one.put("timesUnhooked", ratio));
          cases.add(one);
        });
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("machine", host);
    root.put("rounds", rounds);
    root.put("cases", cases);
    return Figures.json(root);
  }
}
