package dev.axon64.weights.report;

import dev.axon64.codegen.chart.Svg;
import dev.axon64.weights.certify.Certificate.Bin;
import java.util.List;

/** Words by margin, both axes logarithmic, as SVG. A margin of 0 stands apart at the left. */
final class MarginChart {
  private static final int WIDTH = 900;
  private static final int HEIGHT = 260;
  private static final int LEFT = 60;
  private static final int BOTTOM = 44;
  private static final int TOP = 14;
  private static final int ZERO_COLUMN = 40;
  private static final int MOST_TICKS = 14;

  private final List<Bin> bins;
  private final boolean zero;
  private final int lowOctave;
  private final int highOctave;
  private final int decades;
  private final Svg svg = Svg.inline(WIDTH, HEIGHT, "Words by margin");

  private MarginChart(List<Bin> bins) {
    this.bins = bins;
    this.zero = bins.stream().anyMatch(bin -> bin.from() == 0);
    List<Bin> positive = bins.stream().filter(bin -> bin.from() > 0).toList();
    this.lowOctave = positive.isEmpty() ? 0 : Math.getExponent(positive.get(0).from());
    this.highOctave =
        positive.isEmpty() ? 1 : Math.getExponent(positive.get(positive.size() - 1).from()) + 1;
    long most = bins.stream().mapToLong(Bin::words).max().orElse(1);
    this.decades = (int) Math.ceil(StrictMath.log10(Math.max(most, 10)));
  }

  static String svg(List<Bin> bins) {
    return new MarginChart(bins).draw();
  }

  private String draw() {
    verticalAxis();
    horizontalAxis();
    bins.forEach(this::bar);
    return svg.end();
  }

  private double plotLeft() {
    return LEFT + (zero ? ZERO_COLUMN : 0);
  }

  private double x(double margin) {
    double octave = StrictMath.log(margin) / StrictMath.log(2);
    double share = (octave - lowOctave) / (highOctave - lowOctave);
    return plotLeft() + share * (WIDTH - 12 - plotLeft());
  }

  private double y(double words) {
    double share = (StrictMath.log10(Math.max(words, 1)) + 0.15) / (decades + 0.15);
    return HEIGHT - BOTTOM - share * (HEIGHT - BOTTOM - TOP);
  }

  private void bar(Bin bin) {
    boolean none = bin.from() == 0;
    double left = none ? LEFT + 8 : x(bin.from()) + 0.6;
    double right = none ? LEFT + ZERO_COLUMN - 12 : x(bin.below()) - 0.6;
    double top = y(bin.words());
    svg.rect(
        left,
        top,
        Math.max(right - left, 0.8),
        HEIGHT - BOTTOM - top,
        "class",
        none ? "bar-zero" : "bar",
        Svg.TITLE,
        "margin " + bin.from() + " to " + bin.below() + ": " + Words.count(bin.words()) + " words");
  }

  private void verticalAxis() {
    for (int decade = 0; decade <= decades; decade += decades > 6 ? 2 : 1) {
      double y = y(StrictMath.pow(10, decade));
      svg.line(LEFT, y, WIDTH - 12, y, "class", "grid");
      svg.text(LEFT - 8, y + 4, decade == 0 ? "1" : Words.power(10, decade), "text-anchor", "end");
    }
  }

  private void horizontalAxis() {
    int octaves = highOctave - lowOctave;
    int step = Math.max(1, (octaves + MOST_TICKS - 1) / MOST_TICKS);
    for (int octave = lowOctave; octave <= highOctave; octave += step) {
      text(x(StrictMath.pow(2, octave)), HEIGHT - BOTTOM + 17, power(octave));
    }
    if (zero) {
      text(LEFT + 18, HEIGHT - BOTTOM + 17, "0");
    }
    text((LEFT + WIDTH) / 2.0, HEIGHT - 6, "margin: best score less second best");
  }

  private static String power(int octave) {
    return octave < -4 || octave > 10
        ? Words.power(2, octave)
        : octave < 0 ? "1/" + (1 << -octave) : "" + (1 << octave);
  }

  private void text(double x, int y, String text) {
    svg.text(x, y, text, "text-anchor", "middle");
  }
}
