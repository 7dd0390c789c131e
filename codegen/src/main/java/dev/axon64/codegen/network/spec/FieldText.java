package dev.axon64.codegen.network.spec;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads fields of the inputs, such as {@code word[31:24]}, {@code pc[2]} or {@code word[4:0] / 31}.
 */
final class FieldText {
  private static final Pattern FIELD =
      Pattern.compile("(word|pc)\\[(\\d{1,2})(?::(\\d{1,2}))?](?:\\s*/\\s*(\\S+))?");

  private FieldText() {}

  /** Whether a text begins as a field does. */
  static boolean begins(String text) {
    return text.startsWith("word") || text.startsWith("pc");
  }

  /**
   * Reads a field.
   *
   * @param mostBits the most bits that it may have
   * @param divisible whether a divisor may follow
   */
  static Feature.Scaled parse(Line line, String text, int mostBits, boolean divisible) {
    Matcher m = FIELD.matcher(text);
    if (!m.matches() || (m.group(4) != null && !divisible)) {
      throw line.error(
          "'"
              + text
              + "' is no field; write word[31:24] or pc[2]"
              + (divisible ? ", then perhaps / 255" : ""));
    }
    Source source = m.group(1).equals("word") ? Source.WORD : Source.PC;
    int high = Integer.parseInt(m.group(2));
    int low = m.group(3) == null ? high : Integer.parseInt(m.group(3));
    if (high >= source.bits() || low > high || high - low >= mostBits) {
      throw line.error(
          "field '"
              + text
              + "' does not fit; bits "
              + (source.bits() - 1)
              + " down to 0, high before low, at most "
              + mostBits
              + " of them");
    }
    float divisor = m.group(4) == null ? 1 : line.real(m.group(4), "the divisor");
    if (divisor < 1 || divisor > 1 << 24) {
      throw line.error("the divisor is '" + m.group(4) + "'; from 1 to 2^24");
    }
    return new Feature.Scaled(new BitField(source, high, low), divisor);
  }
}
