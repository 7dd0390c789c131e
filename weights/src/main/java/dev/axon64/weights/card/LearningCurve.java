package dev.axon64.weights.card;

import dev.axon64.weights.train.EpochRecord;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * The learning curve as a picture: loss and error rate by epoch, both logarithmic, and the stages.
 */
public final class LearningCurve {
  private static final int WIDTH = 880;
  private static final int HEIGHT = 420;
  private static final int LEFT = 64;
  private static final int RIGHT = 24;
  private static final int TOP = 56;
  private static final int BOTTOM = 44;

  /** Lowest decade drawn, as a power of ten; what is lower, zero included, lies on it. */
  private static final int LEAST = -6;

  private static final int GREATEST = 2;

  private static final String LOSS = "#1f6feb";
  private static final String ERROR = "#d1480f";

  private LearningCurve() {}

  /** SVG text; the same for the same history. */
  public static String svg(String title, List<EpochRecord> history) {
    StringBuilder out = new StringBuilder();
    out.append(
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" \
        font-size="12" fill="#333">
        <title>%s</title>
        <rect width="100%%" height="100%%" fill="#fff"/>
        <text x="%d" y="24" font-size="16" fill="#111">%s</text>
        """
            .formatted(WIDTH, HEIGHT, escaped(title), LEFT, escaped(title)));
    stages(out, history);
    axes(out, history.size());
    line(out, history, LOSS, EpochRecord::loss);
    line(out, history, ERROR, r -> 1 - r.accuracy());
    legend(out, 0, LOSS, "loss");
    legend(out, 1, ERROR, "share of the complete domain that is wrong");
    return out.append("</svg>\n").toString();
  }

  /** Shades every other run of epochs of one stage, and names those that are wide enough. */
  private static void stages(StringBuilder out, List<EpochRecord> history) {
    int start = 0;
    boolean shaded = false;
    for (int i = 1; i <= history.size(); i++) {
      String stage = history.get(start).stage();
      if (i < history.size() && history.get(i).stage().equals(stage)) {
        continue;
      }
      double from = x(start, history.size());
      double width = x(i, history.size()) - from;
      if (shaded) {
        element(
            out,
            "<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"#f3f5f8\"/>",
            from,
            TOP,
            width,
            HEIGHT - TOP - BOTTOM);
      }
      if (width > 40) {
        element(
            out,
            "<text x=\"%.1f\" y=\"%d\" fill=\"#777\">%s</text>",
            from + 4,
            TOP + 14,
            escaped(stage));
      }
      shaded = !shaded;
      start = i;
    }
  }

  private static void axes(StringBuilder out, int epochs) {
    for (int decade = LEAST; decade <= GREATEST; decade++) {
      double y = y(StrictMath.pow(10, decade));
      element(
          out,
          "<line x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\" stroke=\"#ddd\"/>",
          LEFT,
          y,
          WIDTH - RIGHT,
          y);
      String label = decade == LEAST ? "0" : decade == 0 ? "1" : "1e" + decade;
      element(
          out, "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>", LEFT - 8, y + 4, label);
    }
    int step = Math.max(1, (epochs + 7) / 8);
    for (int epoch = 0; epoch <= epochs; epoch += step) {
      element(
          out,
          "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%d</text>",
          x(epoch, epochs),
          HEIGHT - BOTTOM + 18,
          epoch);
    }
    element(
        out,
        "<text x=\"%d\" y=\"%d\" fill=\"#777\">epoch; %s</text>",
        LEFT,
        HEIGHT - 8,
        "peaks while pruning and rounding are tries, and what does not recover is undone");
  }

  private static void line(
      StringBuilder out,
      List<EpochRecord> history,
      String colour,
      ToDoubleFunction<EpochRecord> value) {
    StringBuilder points = new StringBuilder();
    for (int i = 0; i < history.size(); i++) {
      double x = x(i + 1, history.size());
      double y = y(value.applyAsDouble(history.get(i)));
      points.append(String.format(Locale.ROOT, i == 0 ? "%.1f,%.1f" : " %.1f,%.1f", x, y));
    }
    element(
        out,
        "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"1.5\"/>",
        points,
        colour);
  }

  private static void legend(StringBuilder out, int place, String colour, String text) {
    int x = LEFT + place * 220;
    element(
        out,
        "<line x1=\"%d\" y1=\"42\" x2=\"%d\" y2=\"42\" stroke=\"%s\" stroke-width=\"3\"/>",
        x,
        x + 20,
        colour);
    element(out, "<text x=\"%d\" y=\"46\">%s</text>", x + 26, escaped(text));
  }

  private static void element(StringBuilder out, String format, Object... arguments) {
    out.append(String.format(Locale.ROOT, format, arguments)).append('\n');
  }

  private static double x(int epoch, int epochs) {
    return LEFT + (double) (WIDTH - LEFT - RIGHT) * epoch / Math.max(1, epochs);
  }

  private static double y(double value) {
    // StrictMath: the picture, too, is the same everywhere.
    double decade = value > 0 ? StrictMath.log10(value) : LEAST;
    double place = Math.min(Math.max(decade, LEAST), GREATEST);
    return TOP + (HEIGHT - TOP - BOTTOM) * (GREATEST - place) / (GREATEST - LEAST);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
