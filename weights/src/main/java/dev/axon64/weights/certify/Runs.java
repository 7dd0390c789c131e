package dev.axon64.weights.certify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Long runs of equal numbers as short text: {@code 7x65536 0 3x2}. */
public final class Runs {
  private Runs() {}

  /** Writes numbers as text. */
  public static String encode(long[] values) {
    List<String> parts = new ArrayList<>();
    int start = 0;
    for (int i = 1; i <= values.length; i++) {
      if (i == values.length || values[i] != values[start]) {
        int count = i - start;
        parts.add(count == 1 ? "" + values[start] : values[start] + "x" + count);
        start = i;
      }
    }
    return String.join(" ", parts);
  }

  /**
   * Reads numbers from text.
   *
   * @param values filled
   * @throws IllegalArgumentException if the text is not such runs, or of another count
   */
  public static void decode(String text, long[] values) {
    int at = 0;
    for (String part : text.split(" ")) {
      int cross = part.indexOf('x');
      long value = Long.parseLong(cross < 0 ? part : part.substring(0, cross));
      int times = cross < 0 ? 1 : Integer.parseInt(part.substring(cross + 1));
      if (times < 1 || times > values.length - at) {
        throw new IllegalArgumentException("runs do not make " + values.length + " numbers");
      }
      Arrays.fill(values, at, at + times, value);
      at += times;
    }
    if (at != values.length) {
      throw new IllegalArgumentException("runs make " + at + ", not " + values.length + " numbers");
    }
  }
}
