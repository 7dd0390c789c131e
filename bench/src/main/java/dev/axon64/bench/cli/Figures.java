package dev.axon64.bench.cli;

import dev.axon64.app.report.Json;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;

/** Lines and figures that reports are put together from, the same in every locale. */
final class Figures {
  private Figures() {}

  /** A line, formatted. */
  static String line(String format, Object... values) {
    return String.format(Locale.ROOT, format + "%n", values);
  }

  /** Three significant digits or so, without an exponent. */
  static String number(double value) {
    int decimals = value >= 100 ? 0 : value >= 10 ? 1 : value >= 0.1 ? 2 : 4;
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }

  /** The same; a dash for what was not measured. */
  static String number(OptionalDouble value) {
    return value.isEmpty() ? "-" : number(value.getAsDouble());
  }

  /** A share in percent, without decimals. */
  static String percent(double share) {
    return String.format(Locale.ROOT, "%.0f%%", 100 * share);
  }

  /** {@code 1 round} or {@code 3 rounds}. */
  static String rounds(int count) {
    return count == 1 ? "1 round" : count + " rounds";
  }

  /** Rows as text, with an empty line before each group of them. */
  static <R> String grouped(List<R> rows, Function<R, String> group, Function<R, String> text) {
    StringBuilder out = new StringBuilder();
    String last = "";
    for (R row : rows) {
      if (!group.apply(row).equals(last)) {
        out.append(System.lineSeparator());
        last = group.apply(row);
      }
      out.append(text.apply(row));
    }
    return out.toString();
  }

  /** A JSON object, with a line break at its end. */
  static String json(Map<?, ?> object) {
    return Json.text(object) + System.lineSeparator();
  }
}
