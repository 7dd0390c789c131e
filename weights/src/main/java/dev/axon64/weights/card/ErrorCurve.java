package dev.axon64.weights.card;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The error by epoch as a picture: while learning, and on what decides when to stop. */
public final class ErrorCurve {
  private static final int WIDTH = 720;
  private static final int HEIGHT = 320;
  private static final int EDGE = 48;

  private ErrorCurve() {}

  /** SVG text; the same for the same history. */
  public static String svg(List<Epoch> history) {
    double most =
        history.stream()
            .mapToDouble(epoch -> Math.max(epoch.training(), epoch.validation()))
            .max()
            .orElse(1);
    StringBuilder out = new StringBuilder();
    out.append(
        String.format(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\""
                + " font-family=\"sans-serif\" font-size=\"12\">%n",
            WIDTH, HEIGHT));
    out.append("<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n");
    for (int i = 0; i <= 4; i++) {
      double y = y(most * i / 4, most);
      text(out, 8, y + 4, "#777", String.format(Locale.ROOT, "%.2f", most * i / 4));
      out.append(
          String.format(
              Locale.ROOT,
              "<line x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\" stroke=\"#ddd\"/>%n",
              EDGE,
              y,
              WIDTH - 16,
              y));
    }
    line(out, history, most, "#1f77b4", Epoch::training);
    line(out, history, most, "#d62728", Epoch::validation);
    text(out, EDGE, 20, "#1f77b4", "training");
    text(out, EDGE + 90, 20, "#d62728", "validation");
    text(
        out,
        WIDTH - 130,
        HEIGHT - 8,
        "#777",
        "epoch " + history.get(0).number() + " to " + history.get(history.size() - 1).number());
    return out.append("</svg>\n").toString();
  }

  private static void text(StringBuilder out, double x, double y, String colour, String text) {
    out.append(
        String.format(
            Locale.ROOT,
            "<text x=\"%.1f\" y=\"%.1f\" fill=\"%s\">%s</text>%n",
            x,
            y,
            colour,
            text));
  }

  private static void line(
      StringBuilder out,
      List<Epoch> history,
      double most,
      String colour,
      ToDoubleFunction<Epoch> value) {
    StringBuilder points = new StringBuilder();
    for (Epoch epoch : history) {
      double width = WIDTH - 16.0 - EDGE;
      double x =
          EDGE
              + width
                  * (epoch.number() - history.get(0).number())
                  / Math.max(1, history.size() - 1);
      double y = y(value.applyAsDouble(epoch), most);
      points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, y));
    }
    out.append(
        String.format(
            "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>%n",
            points.toString().trim(), colour));
  }

  private static double y(double value, double most) {
    return HEIGHT - 28 - (HEIGHT - 64) * value / most;
  }
}
