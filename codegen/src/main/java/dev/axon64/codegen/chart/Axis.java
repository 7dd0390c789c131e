package dev.axon64.codegen.chart;

/**
 * The range of values along a side of a chart.
 *
 * @param from the value at the left or bottom end
 * @param to the value at the other end; greater than {@code from}
 */
public record Axis(double from, double to) {
  public Axis {
    if (!(to > from)) {
      throw new IllegalArgumentException("an axis from " + from + " to " + to);
    }
  }

  /**
   * The decade of a value for logarithmic axes, such as 3 for 1000. It is the same on every
   * machine.
   *
   * @param least returned for all lower values, zero included
   */
  public static double decade(double value, double least) {
    return value > 0 ? Math.max(StrictMath.log10(value), least) : least;
  }
}
