package dev.axon64.weights.card;

import dev.axon64.codegen.chart.Axis;
import dev.axon64.codegen.chart.LineChart;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The error by epoch as a picture: while learning, and on what decides when to stop. */
public final class ErrorCurve {
  private static final int WIDTH = 744;
  private static final int HEIGHT = 356;
  private static final int LEFT = 64;
  private static final int GRID_LINES = 4;
  private static final String TRAINING = "#1f77b4";
  private static final String VALIDATION = "#d62728";

  private ErrorCurve() {}

  /**
   * SVG text; the same for the same history.
   *
   * @param history in order, at least one epoch
   */
  public static String svg(String title, List<Epoch> history) {
    int first = history.getFirst().number();
    int last = history.getLast().number();
    double most =
        history.stream().mapToDouble(e -> Math.max(e.training(), e.validation())).max().orElse(0);
    Axis epochs = new Axis(first, Math.max(last, first + 1));
    Axis errors = new Axis(0, most > 0 ? most : 1);
    LineChart chart = new LineChart(title, WIDTH, HEIGHT, LEFT, epochs, errors);
    for (int i = 0; i <= GRID_LINES; i++) {
      double at = errors.to() * i / GRID_LINES;
      chart.grid(at, String.format(Locale.ROOT, "%.2f", at));
    }
    int step = Math.max(1, history.size() / 8);
    for (int epoch = first; epoch <= last; epoch += step) {
      chart.tick(epoch, Integer.toString(epoch));
    }
    chart.caption("epoch");
    chart.side("error");
    line(chart, TRAINING, history, Epoch::training);
    line(chart, VALIDATION, history, Epoch::validation);
    chart.legend(0, TRAINING, "training");
    chart.legend(110, VALIDATION, "validation");
    return chart.end();
  }

  private static void line(
      LineChart chart, String colour, List<Epoch> history, ToDoubleFunction<Epoch> value) {
    chart.line(
        colour,
        history.stream()
            .map(epoch -> new LineChart.Point(epoch.number(), value.applyAsDouble(epoch)))
            .toList());
  }
}
