package dev.axon64.propose.online;

import dev.axon64.codegen.chart.Axis;
import dev.axon64.codegen.chart.LineChart;
import dev.axon64.propose.online.TrapSeries.Point;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Misdispatch traps per million instructions over time as a picture, with every swap in it. */
final class TrapCurve {
  private static final int WIDTH = 880;
  private static final int HEIGHT = 420;
  private static final int LEFT = 72;

  /** Lowest decade drawn, as a power of ten; zero lies one below it, on the axis. */
  private static final int LEAST = -1;

  private static final int ZERO = LEAST - 1;
  private static final int GREATEST = 6;
  private static final int SLICES = 160;

  /** Digits of the seconds below the picture. */
  private static final MathContext DIGITS = new MathContext(4);

  private static final String TRAPS = "#d1480f";
  private static final String SWAP = "#8b949e";
  private static final String CERTIFIED = "#1a7f37";
  private static final int LEGEND = 240;

  private final double seconds;
  private final LineChart chart;

  private TrapCurve(String title, double seconds) {
    this.seconds = Math.max(seconds, 1e-3);
    this.chart =
        new LineChart(
            title, WIDTH, HEIGHT, LEFT, new Axis(0, this.seconds), new Axis(ZERO, GREATEST));
  }

  /** Draws a session, as SVG text. */
  static String svg(LearningSession session) {
    String model = session.current().network.spec().name();
    return svg(model, session.series().points(), session.services());
  }

  /**
   * SVG text; the same for the same run.
   *
   * @param points in order, at least one
   * @param services in order, the network that the run began with first
   */
  static String svg(String model, List<Point> points, List<Service> services) {
    List<Point> executing = executing(points);
    TrapCurve curve =
        new TrapCurve(
            "Misdispatch traps per million instructions, model " + model,
            executing.getLast().nanoseconds() / 1e9);
    curve.axes();
    curve.swaps(services);
    curve.line(executing);
    return curve.chart.end();
  }

  /** The points without those at the end at which only the learner still worked. */
  private static List<Point> executing(List<Point> points) {
    int last = points.size() - 1;
    while (last > 1 && points.get(last - 1).instructions() == points.get(last).instructions()) {
      last--;
    }
    return points.subList(0, last + 1);
  }

  private void axes() {
    chart.grid(ZERO, "0");
    chart.grid(LEAST, "0.1");
    for (int decade = 0; decade <= GREATEST; decade++) {
      chart.grid(decade, String.format(Locale.ROOT, "%,.0f", StrictMath.pow(10, decade)));
    }
    double step = StrictMath.pow(10, Math.floor(StrictMath.log10(seconds)));
    step = seconds / step > 5 ? step : step / 2;
    for (double at = 0; at <= seconds; at += step) {
      BigDecimal name = new BigDecimal(at).round(DIGITS).stripTrailingZeros();
      chart.tick(at, name.toPlainString());
    }
    chart.caption("seconds");
    chart.side("traps, logarithmic");
  }

  private void swaps(List<Service> services) {
    boolean swaps = false;
    boolean certified = false;
    for (Service service : services.subList(1, services.size())) {
      double at = service.startNanoseconds / 1e9;
      if (at <= seconds) {
        chart.mark(at, service.certified ? CERTIFIED : SWAP, service.name);
        swaps |= !service.certified;
        certified |= service.certified;
      }
    }
    int place = 0;
    chart.legend(place, TRAPS, "traps per million instructions");
    if (swaps) {
      place += LEGEND;
      chart.legend(place, SWAP, "another network takes over");
    }
    if (certified) {
      chart.legend(place + LEGEND, CERTIFIED, "certified weights take over");
    }
  }

  private void line(List<Point> points) {
    List<LineChart.Point> line = new ArrayList<>();
    double slice = seconds / SLICES;
    Point from = points.getFirst();
    for (Point point : points.subList(1, points.size())) {
      boolean last = point == points.getLast();
      long done = point.instructions() - from.instructions();
      if (done > 0 && (last || (point.nanoseconds() - from.nanoseconds()) / 1e9 >= slice)) {
        double rate = (point.traps() - from.traps()) * 1e6 / done;
        double decade = rate > 0 ? Axis.decade(rate, LEAST) : ZERO;
        line.add(new LineChart.Point(from.nanoseconds() / 1e9, decade));
        line.add(new LineChart.Point(point.nanoseconds() / 1e9, decade));
        from = point;
      }
    }
    chart.line(TRAPS, line);
  }
}
