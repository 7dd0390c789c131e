package dev.axon64.codegen.chart;

/**
 * What a side of a chart stands for.
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
   * The decade of a value, for logarithmic axes: 3 for 1000. The same on every machine.
   *
   * @param least given for what is lower, zero included
   */
  public static double decade(double value, double least) {
    return value > 0 ? Math.max(StrictMath.log10(value), least) : least;
  }
}
