package dev.axon64.propose.learn;

import dev.axon64.propose.learn.TrapSeries.Point;
import java.util.List;
import java.util.Locale;

/** Misdispatch traps per million instructions over time as a picture, with every swap in it. */
final class TrapCurve {
  private static final int WIDTH = 880;
  private static final int HEIGHT = 420;
  private static final int LEFT = 72;
  private static final int RIGHT = 24;
  private static final int TOP = 56;
  private static final int BOTTOM = 44;

  /** Lowest decade drawn, as a power of ten; zero lies below it, on the axis. */
  private static final int LEAST = -1;

  private static final int GREATEST = 6;
  private static final int SLICES = 160;
  private static final String TRAPS = "#d1480f";
  private static final String SWAP = "#8b949e";
  private static final String CERTIFIED = "#1a7f37";

  private final StringBuilder out = new StringBuilder();
  private final double seconds;

  private TrapCurve(double seconds) {
    this.seconds = Math.max(seconds, 1e-3);
  }

  /** SVG text. */
  static String svg(LearningSession session) {
    List<Point> points = executing(session.series().points());
    TrapCurve curve = new TrapCurve(points.getLast().nanoseconds() / 1e9);
    curve.head(
        "Misdispatch traps per million instructions, model "
            + session.current().network.spec().name());
    curve.axes();
    curve.swaps(session.services());
    curve.line(points);
    return curve.out.append("</svg>\n").toString();
  }

  /** Without the end at which only the learner still worked. */
  private static List<Point> executing(List<Point> points) {
    int last = points.size() - 1;
    while (last > 1 && points.get(last - 1).instructions() == points.get(last).instructions()) {
      last--;
    }
    return points.subList(0, last + 1);
  }

  private void head(String title) {
    out.append(
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" \
        font-size="12" fill="#333">
        <title>%s</title>
        <rect width="100%%" height="100%%" fill="#fff"/>
        <text x="%d" y="24" font-size="16" fill="#111">%s</text>
        """
            .formatted(WIDTH, HEIGHT, title, LEFT, title));
  }

  private void axes() {
    for (int decade = LEAST - 1; decade <= GREATEST; decade++) {
      double y = y(decade);
      element(
          "<line x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\" stroke=\"#ddd\"/>",
          LEFT, y, WIDTH - RIGHT, y);
      String label =
          decade < LEAST ? "0" : decade == -1 ? "0.1" : "%,.0f".formatted(Math.pow(10, decade));
      element("<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>", LEFT - 8, y + 4, label);
    }
    double step = Math.pow(10, Math.floor(Math.log10(seconds)));
    step = seconds / step > 5 ? step : step / 2;
    for (double at = 0; at <= seconds; at += step) {
      element(
          "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>",
          x(at),
          HEIGHT - BOTTOM + 18,
          String.format(Locale.ROOT, "%.4g", at).replaceAll("\\.?0+$", ""));
    }
    element("<text x=\"%d\" y=\"%d\" fill=\"#777\">seconds</text>", LEFT, HEIGHT - 8);
  }

  private void swaps(List<Service> services) {
    for (Service service : services.subList(1, services.size())) {
      double at = service.startNanoseconds / 1e9;
      if (at <= seconds) {
        double x = x(at);
        element(
            "<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\" stroke=\"%s\""
                + " stroke-dasharray=\"3 3\"><title>%s</title></line>",
            x, TOP, x, HEIGHT - BOTTOM, service.certified ? CERTIFIED : SWAP, service.name);
      }
    }
    legend(0, TRAPS, "traps per million instructions");
    legend(1, SWAP, "another network takes over");
    legend(2, CERTIFIED, "certified weights take over");
  }

  private void line(List<Point> points) {
    StringBuilder path = new StringBuilder();
    double slice = seconds / SLICES;
    Point from = points.getFirst();
    for (Point point : points.subList(1, points.size())) {
      boolean last = point == points.getLast();
      long done = point.instructions() - from.instructions();
      if (done > 0 && (last || (point.nanoseconds() - from.nanoseconds()) / 1e9 >= slice)) {
        double rate = (point.traps() - from.traps()) * 1e6 / done;
        double decade = rate > 0 ? Math.max(Math.log10(rate), LEAST) : LEAST - 1;
        path.append(
            String.format(
                Locale.ROOT,
                "%s%.1f,%.1f %.1f,%.1f",
                path.isEmpty() ? "" : " ",
                x(from.nanoseconds() / 1e9),
                y(decade),
                x(point.nanoseconds() / 1e9),
                y(decade)));
        from = point;
      }
    }
    element(
        "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"1.5\"/>", path, TRAPS);
  }

  private void legend(int place, String colour, String text) {
    int x = LEFT + place * 240;
    element(
        "<line x1=\"%d\" y1=\"42\" x2=\"%d\" y2=\"42\" stroke=\"%s\" stroke-width=\"3\"/>",
        x, x + 20, colour);
    element("<text x=\"%d\" y=\"46\">%s</text>", x + 26, text);
  }

  private void element(String format, Object... arguments) {
    out.append(String.format(Locale.ROOT, format, arguments)).append('\n');
  }

  private double x(double at) {
    return LEFT + (WIDTH - LEFT - RIGHT) * at / seconds;
  }

  private static double y(double decade) {
    return TOP + (HEIGHT - TOP - BOTTOM) * (GREATEST - decade) / (GREATEST - LEAST + 1);
  }
}
