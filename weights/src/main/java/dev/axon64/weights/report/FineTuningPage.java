package dev.axon64.weights.report;

import dev.axon64.weights.card.ErrorCurve;
import dev.axon64.weights.finetune.Comparison;
import dev.axon64.weights.finetune.FineTuned;
import dev.axon64.weights.finetune.FineTuningRun;
import dev.axon64.weights.finetune.Measure;
import dev.axon64.weights.finetune.MeasureSums;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/** What came of fine-tuning as one page of HTML that needs nothing beside itself. */
public final class FineTuningPage {
  private static final String TITLE = "Axon64: learnt from your programs";

  private final FineTuningRun run;
  private final StringBuilder page = new StringBuilder();

  private FineTuningPage(FineTuningRun run) {
    this.run = run;
  }

  /** The page; it depends on the run alone. */
  public static String html(FineTuningRun run) {
    return new FineTuningPage(run).build();
  }

  private String build() {
    page.append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
        .append("<title>" + TITLE + "</title>\n<style>\n")
        .append(style("certificate.css") + style("finetuning.css") + "</style>\n</head>\n<body>\n")
        .append("<h1>" + TITLE + "</h1>\n<p>Recordings in <code>")
        .append(Html.escape(run.traces()))
        .append(
            "</code>, seed %d. A candidate replaces the network in service if it is better on held-out"
                .formatted(run.seed()))
        .append(
            String.format(
                Locale.ROOT,
                " programs, if chance explains that in fewer than one case of %.0f, and if it loses no"
                    + " more than %.1f points on old samples.</p>%n",
                1 / run.gate().significance(),
                100 * run.gate().tolerance()));
    run.models().forEach(this::model);
    return page.append("</body>\n</html>\n").toString();
  }

  private static String style(String file) {
    try (InputStream in = FineTuningPage.class.getResourceAsStream(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void model(FineTuned tuned) {
    boolean accepted = tuned.verdict().accepted();
    page.append("<section>\n<header><div><h2>" + Html.escape(tuned.model()) + "</h2><p>")
        .append(Html.escape(tuned.verdict().reason()))
        .append("</p></div><div class=\"verdict %s\">".formatted(accepted ? "yes" : "no"))
        .append((accepted ? "ACCEPTED" : "REFUSED") + "</div></header>\n");
    String measure = tuned.measures().get(0).name();
    page.append("<h3>" + Html.escape(measure) + ", on the programs held out</h3>\n")
        .append("<ul class=\"legend\"><li><i class=\"before\"></i>in service</li>")
        .append("<li><i class=\"after\"></i>candidate</li></ul>\n")
        .append(PairChart.svg(tuned));
    page.append("<h3>All measures, in service and candidate</h3>\n" + programs(tuned));
    page.append("<h3>What the gate compared</h3>\n" + comparisons(tuned));
    page.append("<h3>Error by epoch</h3>\n")
        .append("<img class=\"curve\" alt=\"Error by epoch\" src=\"" + picture(tuned) + "\">\n");
    page.append("<h3>Identity</h3>\n" + identity(tuned) + "</section>\n");
  }

  /** A picture of its own, which the page's style does not touch. */
  private static String picture(FineTuned tuned) {
    byte[] svg =
        ErrorCurve.svg("Fine-tuning of " + tuned.model(), tuned.history())
            .getBytes(StandardCharsets.UTF_8);
    return "data:image/svg+xml;base64," + Base64.getEncoder().encodeToString(svg);
  }

  private static String programs(FineTuned tuned) {
    List<String> head = new ArrayList<>(List.of(Html.head("program"), Html.head(tuned.samples())));
    tuned.measures().forEach(measure -> head.add(Html.head(measure.name())));
    StringBuilder table = new StringBuilder("<table>\n<thead>" + Html.row(head) + "</thead>\n");
    tuned
        .programs()
        .forEach((name, sums) -> table.append(Html.row(cells(tuned.measures(), name, sums))));
    table.append(Html.row(cells(tuned.measures(), "all", tuned.all())));
    return table.append("</table>\n").toString();
  }

  private static List<String> cells(List<Measure> measures, String name, FineTuned.Sums sums) {
    List<String> cells = new ArrayList<>();
    cells.add(Html.name(name));
    cells.add(Html.number(Words.count(sums.before().samples())));
    for (int i = 0; i < measures.size(); i++) {
      MeasureSums before = sums.before();
      MeasureSums after = sums.after();
      String text =
          measures.get(i).text(before.mean(i)) + " → " + measures.get(i).text(after.mean(i));
      cells.add(Html.number(text));
    }
    return cells;
  }

  private static String comparisons(FineTuned tuned) {
    StringBuilder table = new StringBuilder("<table>\n<thead>");
    table.append(
        Html.row(
            List.of(
                Html.head("samples"),
                Html.head("count"),
                Html.head("independent groups"),
                Html.head("better"),
                Html.head("worse"),
                Html.head("in service"),
                Html.head("candidate"),
                Html.head("gain, 95 % interval"),
                Html.head("p, one-sided"))));
    table.append("</thead>\n" + comparison(tuned.verdict().heldOut()));
    tuned.verdict().kept().forEach(each -> table.append(comparison(each)));
    return table
        .append("</table>\n<p class=\"note\">Each program counts the same. The chance is that of a")
        .append(" paired sign-flip test over groups of samples that show the same code; the")
        .append(" interval is a bootstrap over them.</p>\n")
        .toString();
  }

  private static String comparison(Comparison c) {
    return Html.row(
        List.of(
            Html.name(c.name()),
            Html.number(Words.count(c.samples())),
            Html.number(Words.count(c.groups())),
            Html.number(Words.count(c.better())),
            Html.number(Words.count(c.worse())),
            Html.number(String.format(Locale.ROOT, "%.2f %%", 100 * c.before())),
            Html.number(String.format(Locale.ROOT, "%.2f %%", 100 * c.after())),
            Html.number(
                String.format(
                    Locale.ROOT,
                    "%+.2f (%+.2f to %+.2f) points",
                    100 * c.gain(),
                    100 * c.low(),
                    100 * c.high())),
            Html.number(String.format(Locale.ROOT, "%.3g", c.chance()))));
  }

  private static String identity(FineTuned tuned) {
    StringBuilder table = new StringBuilder("<table>\n");
    row(table, "in service", tuned.predecessor());
    row(table, "candidate's weights, SHA-256", tuned.weights());
    row(table, "placed", tuned.placed().isEmpty() ? "nothing was replaced" : tuned.placed());
    row(table, "programs learnt from", String.join(", ", tuned.split().training()));
    row(table, "programs held out", String.join(", ", tuned.split().heldOut()));
    row(
        table,
        "examples",
        Words.count(tuned.examples())
            + " an epoch, "
            + Words.count(tuned.validation())
            + " samples decide when to stop; epoch "
            + tuned.keptEpoch()
            + " kept");
    return table.append("</table>\n").toString();
  }

  private static void row(StringBuilder table, String name, String text) {
    table.append(Html.row(List.of(Html.name(name), Html.cell(text))));
  }
}
