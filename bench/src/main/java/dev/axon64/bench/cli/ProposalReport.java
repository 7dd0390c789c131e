package dev.axon64.bench.cli;

import dev.axon64.bench.cli.ProposalTable.Row;
import dev.axon64.bench.companion.Closeness;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.results.RunResult;

/**
 * The table of proposals with what is needed to read it.
 *
 * @param host where
 * @param effort how long
 * @param closeness whether all computed the same, by network
 * @param table the figures
 * @param jmh the same as JMH itself would write them
 */
record ProposalReport(
    Host host,
    Effort effort,
    Map<String, Closeness> closeness,
    ProposalTable table,
    List<RunResult> jmh)
    implements Report {
  private static final String LINE = "%-19s %-24s %5s %12s %6s %8s %8s %9s %8s %7s%n";

  @Override
  public String text() {
    StringBuilder out = new StringBuilder();
    out.append(
        Figures.line(
            "Proposals of companion networks, shipped weights, one thread. %s.", host.text()));
    out.append(Figures.line("Random samples, over and over. %s.", Figures.rounds(effort.rounds())));
    closeness.forEach((network, close) -> out.append(answers(network, close)));
    out.append(System.lineSeparator());
    out.append(
        String.format(
            LINE,
            "network",
            "executor",
            "batch",
            "ns/proposal",
            "+-",
            "x loops",
            "x ONNX",
            "x ONNX 64",
            "of bound",
            "B/call"));
    out.append(Figures.grouped(table.rows(), row -> row.of().network(), ProposalReport::textRow));
    out.append(System.lineSeparator());
    notes().forEach(note -> out.append(note).append(System.lineSeparator()));
    return out.toString();
  }

  private static String answers(String network, Closeness close) {
    String ours =
        close.otherBits() == 0
            ? "all ours give the same bits"
            : String.format(Locale.ROOT, "OURS DIFFER in the bits of %d values", close.otherBits());
    return Figures.line(
        "Answers of %s: %s; ONNX Runtime's values to %d samples are at most %.1e away%s.",
        network,
        ours,
        Closeness.SAMPLES,
        close.farthest(),
        close.farthest() <= Closeness.TOLERANCE ? "" : ", WHICH IS TOO FAR");
  }

  private static String textRow(Row row) {
    return String.format(
        Locale.ROOT,
        LINE,
        row.of().network(),
        row.of().executor().label(),
        row.of().batch(),
        String.format(Locale.ROOT, "%,.0f", row.nanoseconds()),
        Figures.percent(row.spread()),
        Figures.number(row.overLoops()),
        Figures.number(row.overOnnx()),
        Figures.number(row.overOnnxBatch()),
        row.ofBound().isEmpty()
            ? "-"
            : String.format(Locale.ROOT, "%.1f%%", 100 * row.ofBound().getAsDouble()),
        String.format(Locale.ROOT, "%.0f", row.allocated()));
  }

  private List<String> notes() {
    List<String> notes = new ArrayList<>();
    notes.add(
        "Ratios: times as many proposals a second as our generated loops, as ONNX Runtime one by"
            + " one, and 64 at");
    notes.add(
        "a time, which no guest waits for. ONNX Runtime's copies in and out are counted, its"
            + " tensors made before.");
    table
        .multiplyAddsPerNanosecond()
        .ifPresent(
            rate -> {
              notes.add(
                  String.format(
                      Locale.ROOT,
                      "Bound: %.1f G multiply-adds/s (%.1f GFLOP/s); a proposal takes, in"
                          + " thousands:",
                      rate,
                      2 * rate));
              notes.add(works());
            });
    return notes;
  }

  private String works() {
    List<String> works =
        table.rows().stream()
            .map(row -> row.of().network())
            .distinct()
            .map(n -> String.format(Locale.ROOT, "%s %,d", n, ProposalTable.work(n) / 1000))
            .toList();
    return String.join(", ", works) + ".";
  }

  @Override
  public String json() {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("machine", host);
    root.put("effort", effort);
    root.put("closeness", closeness);
    table.multiplyAddsPerNanosecond().ifPresent(r -> root.put("multiplyAddsPerNanosecond", r));
    root.put("rows", table.rows().stream().map(ProposalReport::jsonRow).toList());
    root.put("jmh", JmhJson.of(jmh));
    return Figures.json(root);
  }

  private static Map<String, Object> jsonRow(Row row) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("network", row.of().network());
    map.put("executor", row.of().executor().label());
    map.put("batch", row.of().batch());
    map.put("nanosecondsPerProposal", row.nanoseconds());
    map.put("spread", row.spread());
    row.overLoops().ifPresent(v -> map.put("overLoops", v));
    row.overOnnx().ifPresent(v -> map.put("overOnnx", v));
    row.overOnnxBatch().ifPresent(v -> map.put("overOnnxBatch", v));
    row.ofBound().ifPresent(v -> map.put("ofBound", v));
    map.put("bytesPerCall", row.allocated());
    return map;
  }
}
