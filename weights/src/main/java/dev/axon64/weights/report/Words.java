package dev.axon64.weights.report;

import dev.axon64.weights.certify.Certificate;
import dev.axon64.weights.certify.OrderProof;
import dev.axon64.weights.certify.PcProof;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The wording that page and summary share. */
final class Words {
  private Words() {}

  /** {@code 4,294,967,296}. */
  static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** {@code 10⁶}, {@code 2⁻⁵}. */
  static String power(int base, int exponent) {
    StringBuilder text = new StringBuilder(Integer.toString(base));
    String raised = "⁰¹²³⁴⁵⁶⁷⁸⁹";
    for (char c : Integer.toString(exponent).toCharArray()) {
      text.append(c == '-' ? '⁻' : raised.charAt(c - '0'));
    }
    return text.toString();
  }

  /** A share in percent: two decimals, but never 0 or 100 for what is not. */
  static String share(long part, long whole) {
    if (whole == 0 || part == 0) {
      return "0 %";
    }
    double percent = 100.0 * part / whole;
    if (part == whole) {
      return "100 %";
    }
    if (percent < 0.01) {
      return "under 0.01 %";
    }
    return percent > 99.99 ? "over 99.99 %" : String.format(Locale.ROOT, "%.2f %%", percent);
  }

  /** Word bits as fields: {@code w[31:24]}, {@code w[23:21] w[15:11]}. */
  static String fields(List<Integer> bits) {
    List<String> parts = new ArrayList<>();
    int start = 0;
    for (int i = 1; i <= bits.size(); i++) {
      if (i == bits.size() || bits.get(i) != bits.get(i - 1) - 1) {
        int high = bits.get(start);
        int low = bits.get(i - 1);
        parts.add(high == low ? "w[" + high + "]" : "w[" + high + ":" + low + "]");
        start = i;
      }
    }
    return String.join(" ", parts);
  }

  static String pc(Certificate c) {
    PcProof proof = c.pc().proof();
    return switch (proof.kind()) {
      case ZERO_COEFFICIENT ->
          "Independent of all 2^64 pcs: no bit of the pc reaches a score, since every weight on the"
              + " way is zero.";
      case INTERVAL ->
          "The network reads "
              + String.join(" and ", proof.fields())
              + ". Bounding scores while they range over their whole intervals proves "
              + count(c.words() - c.pc().unproven())
              + " words independent of the pc and leaves "
              + count(c.pc().unproven())
              + " open; at only "
              + proof.probes().size()
              + " other pcs "
              + count(c.pc().changed())
              + " words were seen to change their kernel ("
              + share(c.pc().changed(), c.words())
              + ").";
      case NONE ->
          "Not independent of the pc by any proof here: the pc selects the embedding's row. At "
              + proof.probes().size()
              + " other pcs "
              + count(c.pc().changed())
              + " words were seen to change their kernel.";
    };
  }

  static String order(Certificate c) {
    OrderProof proof = c.order().proof();
    return switch (proof.kind()) {
      case EXACT ->
          "Independent of evaluation order: every partial sum, in any order, with or without fused"
              + " multiply-adds, is exact in float32.";
      case ERROR_BOUND ->
          "Sums are rounded ("
              + proof.reason()
              + "). By a rigorous error bound for each word, any order and contraction gives the same"
              + " kernel except perhaps for "
              + count(c.order().withinWordBound())
              + " words ("
              + share(c.order().withinWordBound(), c.words())
              + "); the coarser bound for each row leaves "
              + count(c.order().withinRowBound())
              + ".";
    };
  }
}
