package dev.axon64.weights.companion;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonParser;
import dev.axon64.codegen.network.graph.Graph;
import dev.axon64.codegen.support.AtomicFiles;
import dev.axon64.weights.card.Epoch;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** What there is to know about a trained companion network, as JSON and as Markdown. */
final class CompanionCard {
  private final Graph graph;
  private final Map<String, Object> values = new LinkedHashMap<>();
  private final Map<String, Table> tables = new LinkedHashMap<>();
  private final List<String> limits = new ArrayList<>();
  private Table open;

  private record Table(List<String> columns, List<List<Object>> rows) {}

  private CompanionCard(Graph graph) {
    this.graph = graph;
  }

  /** A new card, with what is known from training. */
  static CompanionCard of(Graph graph, Trainer trainer, String digest, long seed) {
    CompanionCard card = new CompanionCard(graph);
    Epoch kept = trainer.kept();
    card.value("model", graph.name());
    card.value("parameters", graph.parameterCount());
    card.value("weightsSha256", digest);
    card.value("command", "weights/companions/companions train --model " + graph.name());
    card.value("seed", seed);
    card.value("epochs", trainer.history().size());
    card.value("keptEpoch", trainer.bestEpoch());
    card.value("batchesLeftOut", trainer.skipped());
    card.value("trainingError", rounded(kept.training()));
    card.value("validationError", rounded(kept.validation()));
    return card;
  }

  /** The facts of a card that was written, without its tables. */
  static CompanionCard read(Graph graph, Path folder) {
    CompanionCard card = new CompanionCard(graph);
    Path file = folder.resolve(graph.name() + ".card.json");
    String text = new String(AtomicFiles.read(file, 1 << 20), StandardCharsets.UTF_8);
    JsonParser.parseString(text)
        .getAsJsonObject()
        .asMap()
        .forEach(
            (name, value) -> {
              if (value.isJsonPrimitive()) {
                boolean word = value.getAsJsonPrimitive().isString();
                card.value(name, word ? value.getAsString() : value.getAsBigDecimal());
              }
            });
    return card;
  }

  /** Adds a fact. */
  void value(String name, Object value) {
    values.put(name, value);
  }

  /** Adds how much there was to learn from. */
  void data(int training, int validation) {
    values.put("trainingExamples", training);
    values.put("validationExamples", validation);
    values.put(
        "split",
        "by program: what is held out was never trained on, in no variant; the generated programs"
            + " draw their loops from one list, the benchmarks, busybox and coreutils do not");
  }

  /** Opens a table. */
  void table(String name, String... columns) {
    table(name, Stream.of(columns));
  }

  /** Opens a table. */
  void table(String name, Stream<String> columns) {
    open = new Table(columns.toList(), new ArrayList<>());
    tables.put(name, open);
  }

  /** Adds a row to the table opened last. */
  void row(Object... row) {
    open.rows.add(List.of(row));
  }

  /** Adds where the network falls short. */
  void limit(String text) {
    limits.add(text);
  }

  /** A share in percent; "-" of nothing. */
  static String share(long part, long of) {
    return of == 0 ? "-" : String.format(Locale.ROOT, "%.1f%%", 100.0 * part / of);
  }

  static double rounded(double value) {
    return Math.round(value * 1000) / 1000.0;
  }

  /** Writes both forms. */
  void write(Path folder) {
    AtomicFiles.write(folder.resolve(graph.name() + ".card.json"), json());
    AtomicFiles.write(folder.resolve(graph.name() + ".card.md"), markdown());
  }

  private String json() {
    Map<String, Object> all = new LinkedHashMap<>(values);
    tables.forEach(
        (name, table) -> {
          List<Map<String, Object>> rows = new ArrayList<>();
          for (List<Object> row : table.rows) {
            Map<String, Object> object = new LinkedHashMap<>();
            for (int i = 0; i < row.size(); i++) {
              object.put(table.columns.get(i), row.get(i));
            }
            rows.add(object);
          }
          all.put(name, rows);
        });
    all.put("limits", limits);
    return new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(all) + "\n";
  }

  private String markdown() {
    StringBuilder out = new StringBuilder("# Model card: " + graph.name() + "\n\n");
    out.append("Written by training; do not edit. The same values stand in the JSON file.\n\n");
    out.append("![Learning curve](" + graph.name() + ".curve.svg)\n\n| | |\n|---|---|\n");
    values.forEach((name, value) -> line(out, List.of(name, value)));
    tables.forEach(
        (name, table) -> {
          out.append("\n## " + name + "\n\n");
          line(out, List.copyOf(table.columns));
          line(out, Arrays.asList(table.columns.stream().map(c -> (Object) "---").toArray()));
          table.rows.forEach(row -> line(out, row));
        });
    out.append("\n## limits\n\n");
    limits.forEach(limit -> out.append("- " + limit + "\n"));
    return out.toString();
  }

  private static void line(StringBuilder out, List<?> cells) {
    out.append('|');
    cells.forEach(cell -> out.append(' ').append(cell).append(" |"));
    out.append('\n');
  }
}
