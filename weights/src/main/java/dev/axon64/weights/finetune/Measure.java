package dev.axon64.weights.finetune;

import java.util.Locale;

/**
 * What is measured of a network, sample by sample.
 *
 * @param name as tables have it
 * @param unit what its values are
 */
public record Measure(String name, Unit unit) {
  /** What values are. */
  public enum Unit {
    /** 1 where it is right, 0 where it is wrong: more is better. */
    SHARE,
    /** A distance from what is right: less is better. */
    ERROR
  }

  /** A measure of what is right and what is wrong. */
  public static Measure share(String name) {
    return new Measure(name, Unit.SHARE);
  }

  /** A measure of how far off it is. */
  public static Measure error(String name) {
    return new Measure(name, Unit.ERROR);
  }

  /** A mean as tables have it; "-" if the measure applied to nothing. */
  public String text(double mean) {
    if (Double.isNaN(mean)) {
      return "-";
    }
    return switch (unit) {
      case SHARE -> String.format(Locale.ROOT, "%.1f %%", 100 * mean);
      case ERROR -> String.format(Locale.ROOT, "%.3f", mean);
    };
  }
}
