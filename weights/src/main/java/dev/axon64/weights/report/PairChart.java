package dev.axon64.weights.report;

import dev.axon64.codegen.chart.Svg;
import dev.axon64.weights.finetune.FineTuned;
import java.util.Locale;
import java.util.Map;

/** A measure before and after as SVG, two bars per program. */
final class PairChart {
  private static final int WIDTH = 900;
  private static final int LEFT = 180;
  private static final int RIGHT = 90;
  private static final int TOP = 26;
  private static final int ROW = 36;
  private static final int BAR = 12;
  private static final int LONGEST_NAME = 22;

  private final Svg svg;

  private PairChart(Svg svg) {
    this.svg = svg;
  }

  /** Draws the first measure, which is a share. */
  static String svg(FineTuned tuned) {
    Map<String, FineTuned.Sums> programs = tuned.programs();
    int height = TOP + ROW * programs.size() + 8;
    String label = tuned.measures().getFirst().name() + ", before and after";
    PairChart chart = new PairChart(Svg.inline(WIDTH, height, label));
    chart.axis(height);
    int y = TOP;
    for (Map.Entry<String, FineTuned.Sums> program : programs.entrySet()) {
      chart.row(program.getKey(), program.getValue(), y);
      y += ROW;
    }
    return chart.svg.end();
  }

  private void axis(int height) {
    for (int percent = 0; percent <= 100; percent += 25) {
      double x = x(percent / 100.0);
      svg.line(x, TOP - 6, x, height - 8, "class", "grid");
      svg.text(x, 14, percent + " %", "text-anchor", "middle");
    }
  }

  private void row(String name, FineTuned.Sums sums, int y) {
    boolean cut = name.length() > LONGEST_NAME;
    String shown = cut ? name.substring(0, LONGEST_NAME - 1) + "…" : name;
    svg.text(LEFT - 8, y + BAR + 4, shown, "text-anchor", "end");
    bar(name, sums.before().mean(0), y, "before");
    bar(name, sums.after().mean(0), y + BAR + 1, "after");
  }

  private void bar(String name, double share, int y, String style) {
    String percent = String.format(Locale.ROOT, "%.1f %%", 100 * share);
    String title = name + ", " + style + ": " + percent;
    double width = Math.max(0.5, x(share) - LEFT);
    svg.rect(LEFT, y, width, BAR, "class", style, Svg.TITLE, title);
    svg.text(x(share) + 6, y + BAR - 2, percent);
  }

  private static double x(double share) {
    return LEFT + share * (WIDTH - LEFT - RIGHT);
  }
}
