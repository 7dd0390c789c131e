package dev.axon64.weights.report;

import dev.axon64.codegen.chart.Svg;
import java.util.List;
import java.util.stream.Collectors;

/** Pieces of HTML. */
final class Html {
  private Html() {}

  /** Text as it may stand in an element or an attribute. */
  static String escape(String text) {
    return Svg.escape(text);
  }

  /** A table's row of cells that are HTML already. */
  static String row(List<String> cells) {
    return cells.stream().collect(Collectors.joining("", "<tr>", "</tr>\n"));
  }

  static String head(String text) {
    return "<th scope=\"col\">" + escape(text) + "</th>";
  }

  static String name(String text) {
    return "<th scope=\"row\">" + escape(text) + "</th>";
  }

  static String cell(String text) {
    return "<td>" + escape(text) + "</td>";
  }

  static String number(String text) {
    return "<td class=\"n\">" + escape(text) + "</td>";
  }
}
