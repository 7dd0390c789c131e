package dev.axon64.codegen.chart;

import java.util.ArrayList;
import java.util.List;

/**
 * Draws lines over two axes in the order of the calls, so that what is drawn later lies on top. The
 * title is at the top with the legend below it, and ticks are at the left and at the bottom.
 */
public final class LineChart {
  private static final int TOP = 56;
  private static final int RIGHT = 24;
  private static final int BOTTOM = 44;

  private static final String GRID = "#ddd";
  private static final String FAINT = "#777";
  private static final String SHADE = "#f3f5f8";

  /** The width below which bands have no name. */
  private static final int LEAST_NAMED = 40;

  private final Svg svg;
  private final int left;
  private final int width;
  private final int height;
  private final Axis x;
  private final Axis y;

  /** A place in a chart, by its values. */
  public record Point(double x, double y) {}

  /**
   * @param width of the picture
   * @param height of the picture
   * @param left room for the names of the horizontal grid lines
   */
  public LineChart(String title, int width, int height, int left, Axis x, Axis y) {
    this.left = left;
    this.width = width - left - RIGHT;
    this.height = height - TOP - BOTTOM;
    this.x = x;
    this.y = y;
    this.svg = Svg.file(width, height, title);
    svg.text(left, 24, title, "font-size", 16, "fill", "#111");
  }

  private double x(double value) {
    return left + width * (value - x.from()) / (x.to() - x.from());
  }

  private double y(double value) {
    return TOP + height * (y.to() - value) / (y.to() - y.from());
  }

  /**
   * Adds a part of the horizontal axis with a name, which may be shaded to set it apart from its
   * neighbours.
   */
  public void band(double from, double to, String name, boolean shaded) {
    double wide = x(to) - x(from);
    if (shaded) {
      svg.rect(x(from), TOP, wide, height, "fill", SHADE);
    }
    if (wide > LEAST_NAMED) {
      svg.text(x(from) + 4, TOP + 14, name, "fill", FAINT);
    }
  }

  /** Adds a horizontal line with its name. */
  public void grid(double value, String name) {
    svg.line(left, y(value), left + width, y(value), "stroke", GRID);
    svg.text(left - 8, y(value) + 4, name, "text-anchor", "end");
  }

  /** Adds the name of a place on the horizontal axis. */
  public void tick(double value, String name) {
    svg.text(x(value), TOP + height + 18, name, "text-anchor", "middle");
  }

  /** Adds the title of the vertical axis, along its left side. */
  public void side(String text) {
    int middle = TOP + height / 2;
    svg.text(
        14,
        middle,
        text,
        "fill",
        FAINT,
        "text-anchor",
        "middle",
        "transform",
        "rotate(-90 14 " + middle + ")");
  }

  /** Adds the title of the horizontal axis, below its ticks. */
  public void caption(String text) {
    svg.text(left, TOP + height + BOTTOM - 8, text, "fill", FAINT);
  }

  /** Adds a vertical line where something happened. */
  public void mark(double value, String colour, String title) {
    double at = x(value);
    svg.line(
        at, TOP, at, TOP + height, "stroke", colour, "stroke-dasharray", "3 3", Svg.TITLE, title);
  }

  /** Adds a line from point to point. */
  public void line(String colour, List<Point> points) {
    List<String> places = new ArrayList<>();
    points.forEach(p -> places.add(Svg.number(x(p.x())) + "," + Svg.number(y(p.y()))));
    svg.element(
        "polyline",
        "points",
        String.join(" ", places),
        "fill",
        "none",
        "stroke",
        colour,
        "stroke-width",
        1.5);
  }

  /**
   * Adds what a colour means to the legend.
   *
   * @param at the place in the row of legends, from the left edge
   */
  public void legend(int at, String colour, String text) {
    svg.line(left + at, 42, left + at + 20, 42, "stroke", colour, "stroke-width", 3);
    svg.text(left + at + 26, 46, text);
  }

  /** The picture's text, complete. */
  public String end() {
    return svg.end();
  }
}
