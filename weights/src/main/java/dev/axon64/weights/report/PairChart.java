package dev.axon64.weights.report;

import dev.axon64.weights.learn.Learnt;
import java.util.Locale;
import java.util.Map;

/** A measure before and after, two bars a program, as SVG. */
final class PairChart {
  private static final int WIDTH = 900;
  private static final int LEFT = 180;
  private static final int RIGHT = 90;
  private static final int TOP = 26;
  private static final int ROW = 36;
  private static final int BAR = 12;
  private static final int LONGEST_NAME = 26;

  private final StringBuilder svg = new StringBuilder();

  private PairChart() {}

  /** Of the first measure, a share. */
  static String svg(Learnt learnt) {
    return new PairChart().draw(learnt);
  }

  private String draw(Learnt learnt) {
    Map<String, Learnt.Sums> programs = learnt.programs();
    String measure = learnt.measures().get(0).name();
    int height = TOP + ROW * programs.size() + 8;
    add(
        "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s, before and after\">",
        WIDTH, height, Html.escape(measure));
    for (int percent = 0; percent <= 100; percent += 25) {
      double x = x(percent / 100.0);
      add(
          "<line x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\" class=\"grid\"/>",
          x, x, TOP - 6, height - 8);
      add("<text x=\"%.1f\" y=\"14\" text-anchor=\"middle\">%d %%</text>", x, percent);
    }
    int y = TOP;
    for (Map.Entry<String, Learnt.Sums> program : programs.entrySet()) {
      String name = program.getKey();
      boolean cut = name.length() > LONGEST_NAME;
      add(
          "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>",
          LEFT - 8,
          y + BAR + 4,
          Html.escape(cut ? name.substring(0, LONGEST_NAME - 1) + "…" : name));
      bar(name + ", before", program.getValue().before().mean(0), y, "before");
      bar(name + ", after", program.getValue().after().mean(0), y + BAR + 1, "after");
      y += ROW;
    }
    return svg.append("</svg>\n").toString();
  }

  private void bar(String name, double share, int y, String style) {
    add(
        "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" class=\"%s\"><title>%s: %.1f %%</title></rect>",
        LEFT, y, Math.max(0.5, x(share) - LEFT), BAR, style, Html.escape(name), 100 * share);
    add("<text x=\"%.1f\" y=\"%d\">%.1f %%</text>", x(share) + 6, y + BAR - 2, 100 * share);
  }

  private static double x(double share) {
    return LEFT + share * (WIDTH - LEFT - RIGHT);
  }

  private void add(String format, Object... arguments) {
    svg.append(String.format(Locale.ROOT, format, arguments)).append('\n');
  }
}
