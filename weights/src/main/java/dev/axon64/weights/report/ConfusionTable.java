package dev.axon64.weights.report;

import dev.axon64.weights.certify.Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Words by label and answer as a coloured table: right ones green, wrong ones red by their share.
 */
final class ConfusionTable {
  private static final int RIGHT = 0xbfe3c6;
  private static final int WRONG = 0xe03a52;

  private ConfusionTable() {}

  static String html(Certificate c) {
    StringBuilder table = new StringBuilder("<table class=\"matrix\">\n<thead>");
    List<String> kernels = c.subject().kernels();
    List<String> head = new ArrayList<>();
    head.add(Html.head("label \\ answer"));
    kernels.forEach(kernel -> head.add(Html.head(kernel)));
    table.append(Html.row(head)).append("</thead><tbody>\n");
    for (String label : kernels) {
      Map<String, Long> answers = c.confusion().getOrDefault(label, Map.of());
      long all = answers.values().stream().mapToLong(n -> n).sum();
      List<String> cells = new ArrayList<>();
      cells.add(Html.name(label));
      for (String answer : kernels) {
        cells.add(cell(answers.getOrDefault(answer, 0L), all, label.equals(answer)));
      }
      table.append(Html.row(cells));
    }
    return table.append("</tbody></table>\n").toString();
  }

  private static String cell(long words, long all, boolean right) {
    if (words == 0) {
      return "<td style=\"color:#a9b2bf\">0</td>";
    }
    double share = (double) words / all;
    // The least share shows too: one wrong word must not look like none.
    int colour = Palette.mix(0xffffff, right ? RIGHT : WRONG, 0.25 + 0.75 * Math.sqrt(share));
    return String.format(
        "<td style=\"background:%s\">%s<small>%s</small></td>",
        Palette.css(colour), Words.count(words), Words.share(words, all));
  }
}
