package dev.axon64.weights.card;

import dev.axon64.codegen.chart.Axis;
import dev.axon64.codegen.chart.LineChart;
import dev.axon64.weights.train.EpochRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The learning curve as a picture: loss and error rate by epoch, both logarithmic, and the stages.
 */
public final class LearningCurve {
  private static final int WIDTH = 880;
  private static final int HEIGHT = 420;
  private static final int LEFT = 64;

  /** Lowest decade drawn, as a power of ten; what is lower, zero included, lies on it. */
  private static final int LEAST = -6;

  private static final int GREATEST = 2;
  private static final int MOST_TICKS = 8;

  private static final String LOSS = "#1f6feb";
  private static final String ERROR = "#d1480f";

  private LearningCurve() {}

  /** SVG text; the same for the same history. */
  public static String svg(String title, List<EpochRecord> history) {
    int epochs = history.size();
    LineChart chart =
        new LineChart(
            title,
            WIDTH,
            HEIGHT,
            LEFT,
            new Axis(0, Math.max(1, epochs)),
            new Axis(LEAST, GREATEST));
    stages(chart, history);
    for (int decade = LEAST; decade <= GREATEST; decade++) {
      chart.grid(decade, name(decade));
    }
    int step = Math.max(1, (epochs + MOST_TICKS - 1) / MOST_TICKS);
    for (int epoch = 0; epoch <= epochs; epoch += step) {
      chart.tick(epoch, Integer.toString(epoch));
    }
    chart.caption(
        "epoch; peaks while pruning and rounding are tries, and what does not recover is undone");
    chart.side("logarithmic; what is beyond lies on the edge");
    line(chart, LOSS, history, EpochRecord::loss);
    line(chart, ERROR, history, r -> 1 - r.accuracy());
    chart.legend(0, LOSS, "loss");
    chart.legend(220, ERROR, "share of the complete domain that is wrong");
    return chart.end();
  }

  /** The name of a grid line; the outer ones stand for all that is beyond, too. */
  private static String name(int decade) {
    String number = decade == 0 ? "1" : "1e" + decade;
    return decade == LEAST ? "\u2264 " + number : decade == GREATEST ? "\u2265 " + number : number;
  }

  /** Shades every other run of epochs of one stage. */
  private static void stages(LineChart chart, List<EpochRecord> history) {
    int start = 0;
    boolean shaded = false;
    for (int i = 1; i <= history.size(); i++) {
      String stage = history.get(start).stage();
      if (i == history.size() || !history.get(i).stage().equals(stage)) {
        chart.band(start, i, stage, shaded);
        shaded = !shaded;
        start = i;
      }
    }
  }

  private static void line(
      LineChart chart,
      String colour,
      List<EpochRecord> history,
      ToDoubleFunction<EpochRecord> value) {
    List<LineChart.Point> points = new ArrayList<>();
    for (EpochRecord epoch : history) {
      double decade = Axis.decade(value.applyAsDouble(epoch), LEAST);
      points.add(new LineChart.Point(points.size() + 1, Math.min(decade, GREATEST)));
    }
    chart.line(colour, points);
  }
}
