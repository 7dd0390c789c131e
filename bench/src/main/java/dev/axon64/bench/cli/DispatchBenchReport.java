package dev.axon64.bench.cli;

import dev.axon64.bench.cli.DispatchBenchTable.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.openjdk.jmh.results.RunResult;

/**
 * The table with what is needed to read it.
 *
 * @param model the network's name
 * @param source whose words {@code code} are
 * @param codeWords how many that program has
 * @param host where
 * @param effort how long
 * @param agreement whether all computed the same
 * @param work multiply-adds per word
 * @param table the figures
 * @param jmh the same as JMH itself would write them
 */
record DispatchBenchReport(
    String model,
    String source,
    int codeWords,
    Host host,
    Effort effort,
    Agreement agreement,
    MultiplyAdds work,
    DispatchBenchTable table,
    List<RunResult> jmh)
    implements Report {
  /** How to print it. */
  enum Format {
    TEXT,
    JSON,
    CSV
  }

  private static final String LINE = "%-23s %-6s %7s %11s %6s %9s %9s %9s %9s %7s%n";

  /** The whole report in one of its forms. */
  String text(Format format) {
    return switch (format) {
      case TEXT -> text();
      case CSV -> csv();
      case JSON -> json();
    };
  }

  @Override
  public String text() {
    StringBuilder out = new StringBuilder();
    out.append(Figures.line("Dispatch, model %s, one thread. %s.", model, host.text()));
    out.append(
        Figures.line(
            "Words: random; and code, the %,d words of %s over and over. %s.",
            codeWords, source, Figures.rounds(effort.rounds())));
    out.append(Figures.line("%s", agreementText())).append(System.lineSeparator());
    out.append(
        String.format(
            LINE,
            "executor",
            "words",
            "batch",
            "ns/word",
            "+-",
            "M words/s",
            "x scalar",
            "x ONNX",
            "x lowered",
            "B/call"));
    out.append(Figures.grouped(table.rows(), Row::sample, DispatchBenchReport::textRow));
    out.append(System.lineSeparator());
    notes().forEach(note -> out.append(note).append(System.lineSeparator()));
    return out.toString();
  }

  private String agreementText() {
    String words = String.format(Locale.ROOT, "%,d", agreement.words());
    if (agreement.complete()) {
      return "Answers: all executors agree on " + words + " words.";
    }
    List<String> apart = new ArrayList<>();
    agreement
        .differing()
        .forEach(
            (executor, count) -> {
              if (count > 0) {
                apart.add(executor.title() + " " + count);
              }
            });
    return "Answers that differ from generated Java's, of " + words + ": " + apart + ".";
  }

  private static String textRow(Row row) {
    return String.format(
        Locale.ROOT,
        LINE,
        row.executor(),
        row.sample().isEmpty() ? "-" : row.sample(),
        row.batch() == 0 ? "-" : batch(row.batch()),
        Figures.number(row.nanoseconds()),
        row.spread().isEmpty() ? "-" : Figures.percent(row.spread().getAsDouble()),
        Figures.number(row.wordsPerSecond() / 1e6),
        Figures.number(row.overScalar()),
        Figures.number(row.overOnnx()),
        Figures.number(row.overLowered()),
        bytes(row.allocated()));
  }

  private static String batch(int words) {
    return words == 1 << 20 ? "1 M" : Integer.toString(words);
  }

  private static String bytes(OptionalDouble value) {
    return value.isEmpty() ? "-" : String.format(Locale.ROOT, "%.0f", value.getAsDouble());
  }

  private List<String> notes() {
    List<String> notes = new ArrayList<>();
    notes.add(
        "Ratios: times as many words a second; single words to single words, batches to the scalar"
            + " loop's batch");
    notes.add(
        "and to ONNX Runtime's same batch. 'lowered' is ONNX Runtime on our folded network; its"
            + " inputs are");
    notes.add(
        "extracted before the clock starts, ours inside. B/call: Java heap, JMH's share too.");
    table.multiplyAddsPerNanosecond().ifPresent(rate -> notes.add(rateNote(rate)));
    return notes;
  }

  private String rateNote(double rate) {
    String note =
        String.format(
            Locale.ROOT,
            "FMA: %.1f G multiply-adds/s (%.1f GFLOP/s); a word takes %,d as published, %,d lowered",
            rate,
            2 * rate,
            work.published(),
            work.lowered());
    return table
        .find(DispatchExecutor.SIMD, DispatchCase.SAMPLES.get(0), DispatchBenchTable.TYPICAL)
        .map(
            row ->
                note
                    + String.format(
                        Locale.ROOT,
                        "; generated Java at %d reaches %.0f%% and %.0f%% of those bounds.",
                        DispatchBenchTable.TYPICAL,
                        100 * work.published() / rate / row.nanoseconds(),
                        100 * work.lowered() / rate / row.nanoseconds()))
        .orElse(note + ".");
  }

  private String csv() {
    StringBuilder out = new StringBuilder();
    out.append(
        Figures.line(
            "executor,words,batch,ns_per_word,spread,words_per_second,over_scalar,over_onnx,"
                + "over_onnx_lowered,bytes_per_call"));
    for (Row row : table.rows()) {
      out.append(
          Figures.line(
              "\"%s\",%s,%d,%.4f,%s,%.0f,%s,%s,%s,%s",
              row.executor(),
              row.sample(),
              row.batch(),
              row.nanoseconds(),
              plain(row.spread()),
              row.wordsPerSecond(),
              plain(row.overScalar()),
              plain(row.overOnnx()),
              plain(row.overLowered()),
              plain(row.allocated())));
    }
    return out.toString();
  }

  private static String plain(OptionalDouble value) {
    return value.isEmpty() ? "" : String.format(Locale.ROOT, "%.4f", value.getAsDouble());
  }

  @Override
  public String json() {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("model", model);
    root.put("code", source);
    root.put("codeWords", codeWords);
    root.put("machine", host);
    root.put("effort", effort);
    root.put("comparedWords", agreement.words());
    root.put("differing", agreement.differing());
    root.put("multiplyAddsPerWord", work);
    table.multiplyAddsPerNanosecond().ifPresent(r -> root.put("multiplyAddsPerNanosecond", r));
    root.put("rows", table.rows().stream().map(DispatchBenchReport::jsonRow).toList());
    root.put("jmh", JmhJson.of(jmh));
    return Figures.json(root);
  }

  private static Map<String, Object> jsonRow(Row row) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("executor", row.executor());
    map.put("words", row.sample());
    map.put("batch", row.batch());
    map.put("nanosecondsPerWord", row.nanoseconds());
    map.put("wordsPerSecond", row.wordsPerSecond());
    row.spread().ifPresent(v -> map.put("spread", v));
    row.overScalar().ifPresent(v -> map.put("overScalar", v));
    row.overOnnx().ifPresent(v -> map.put("overOnnx", v));
    row.overLowered().ifPresent(v -> map.put("overOnnxLowered", v));
    row.allocated().ifPresent(v -> map.put("bytesPerCall", v));
    return map;
  }
}
