package dev.axon64.weights.report;

import dev.axon64.weights.certify.Certificate;
import dev.axon64.weights.certify.Certificate.GroupCount;
import java.util.Locale;

/** A certificate in a screen of text. */
public final class CertificateSummary {
  private CertificateSummary() {}

  /** The summary, each line ended by a newline. */
  public static String text(Certificate c) {
    StringBuilder text = new StringBuilder();
    String verdict = c.certified() ? "CERTIFIED" : "NOT CERTIFIED";
    line(text, "model", c.subject().model() + ": " + verdict);
    line(text, "words", Words.count(c.words()) + " through the generated code");
    line(text, "wrong", Words.count(c.wrong()) + " (" + Words.share(c.wrong(), c.words()) + ")");
    line(text, "ties", Words.count(c.margins().ties()));
    if (c.margins().smallest() != null) {
      line(
          text,
          "margin",
          c.margins().smallest() + " at least, at word " + c.margins().smallestWord());
    }
    line(text, "pc", Words.pc(c));
    line(text, "order", Words.order(c));
    line(text, "weights", "sha256 " + c.subject().weightsSha256());
    c.subject().spec().forEach(f -> line(text, "spec", "sha256 " + f.sha256() + " " + f.name()));
    text.append('\n');
    table(text, c);
    text.append('\n');
    for (String reason : c.reasons()) {
      line(text, "not because", reason);
    }
    return text.toString();
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append(String.format(Locale.ROOT, "%-12s %s%n", name, value));
  }

  private static void table(StringBuilder text, Certificate c) {
    String row = "%-22s %-14s %15s %15s %14s%n";
    text.append(String.format(row, "encoding group", "kernel", "words", "wrong", ""));
    for (GroupCount group : c.groups()) {
      text.append(
          String.format(
              row,
              group.name(),
              group.kernel(),
              Words.count(group.words()),
              Words.count(group.wrong()),
              Words.share(group.wrong(), group.words())));
    }
  }
}
