package dev.axon64.weights.report;

import dev.axon64.weights.certify.Certificate.Bin;
import java.util.List;
import java.util.Locale;

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
  private final StringBuilder svg = new StringBuilder();

  private MarginChart(List<Bin> bins) {
    this.bins = bins;
    this.zero = bins.stream().anyMatch(bin -> bin.from() == 0);
    List<Bin> positive = bins.stream().filter(bin -> bin.from() > 0).toList();
    this.lowOctave = positive.isEmpty() ? 0 : Math.getExponent(positive.get(0).from());
    this.highOctave =
        positive.isEmpty() ? 1 : Math.getExponent(positive.get(positive.size() - 1).from()) + 1;
    long most = bins.stream().mapToLong(Bin::words).max().orElse(1);
    this.decades = (int) Math.ceil(Math.log10(Math.max(most, 10)));
  }

  static String svg(List<Bin> bins) {
    return new MarginChart(bins).draw();
  }

  private String draw() {
    svg.append(
        String.format(
            "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"Words by margin\">%n",
            WIDTH, HEIGHT));
    verticalAxis();
    horizontalAxis();
    bins.forEach(this::bar);
    return svg.append("</svg>\n").toString();
  }

  private double plotLeft() {
    return LEFT + (zero ? ZERO_COLUMN : 0);
  }

  private double x(double margin) {
    double octave = Math.log(margin) / Math.log(2);
    double share = (octave - lowOctave) / (highOctave - lowOctave);
    return plotLeft() + share * (WIDTH - 12 - plotLeft());
  }

  private double y(double words) {
    double share = (Math.log10(Math.max(words, 1)) + 0.15) / (decades + 0.15);
    return HEIGHT - BOTTOM - share * (HEIGHT - BOTTOM - TOP);
  }

  private void bar(Bin bin) {
    double left = bin.from() == 0 ? LEFT + 8 : x(bin.from()) + 0.6;
    double right = bin.from() == 0 ? LEFT + ZERO_COLUMN - 12 : x(bin.below()) - 0.6;
    svg.append(
        String.format(
            Locale.ROOT,
            "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" class=\"%s\">"
                + "<title>margin %s to %s: %s words</title></rect>%n",
            left,
            y(bin.words()),
            Math.max(right - left, 0.8),
            HEIGHT - BOTTOM - y(bin.words()),
            bin.from() == 0 ? "bar-zero" : "bar",
            bin.from(),
            bin.below(),
            Words.count(bin.words())));
  }

  private void verticalAxis() {
    for (int decade = 0; decade <= decades; decade += decades > 6 ? 2 : 1) {
      double y = y(Math.pow(10, decade));
      svg.append(
          String.format(
              Locale.ROOT,
              "<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" class=\"grid\"/>%n",
              LEFT,
              WIDTH - 12,
              y,
              y));
      text(
          LEFT - 8,
          y + 4,
          "end",
          decade == 0 ? "1" : "10<tspan dy=\"-5\" font-size=\"9\">" + decade + "</tspan>");
    }
  }

  private void horizontalAxis() {
    int octaves = highOctave - lowOctave;
    int step = Math.max(1, (octaves + MOST_TICKS - 1) / MOST_TICKS);
    for (int octave = lowOctave; octave <= highOctave; octave += step) {
      text(x(Math.pow(2, octave)), HEIGHT - BOTTOM + 17, "middle", power(octave));
    }
    if (zero) {
      text(LEFT + 18, HEIGHT - BOTTOM + 17, "middle", "0");
    }
    text((LEFT + WIDTH) / 2.0, HEIGHT - 6, "middle", "margin: best score less second best");
  }

  private static String power(int octave) {
    return octave >= -4 && octave <= 10
        ? (octave >= 0 ? "" + (1 << octave) : "1/" + (1 << -octave))
        : "2<tspan dy=\"-5\" font-size=\"9\">" + octave + "</tspan>";
  }

  private void text(double x, double y, String anchor, String text) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n",
            x,
            y,
            anchor,
            text));
  }
}
