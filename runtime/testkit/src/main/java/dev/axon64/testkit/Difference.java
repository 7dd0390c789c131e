package dev.axon64.testkit;

/**
 * A case of which two functions make something else.
 *
 * @param smallest the smallest such case that was found
 * @param first the first function's name
 * @param left what it answered
 * @param second the second one's name
 * @param right what that answered
 * @param tries after how many cases it was found
 */
public record Difference<T>(
    T smallest, String first, String left, String second, String right, long tries) {
  /** The case and both answers, one below the other. */
  public String report() {
    int width = Math.max(first.length(), second.length());
    String format = "%-" + width + "s  %s%n";
    return "%s%n".formatted(smallest.toString().stripTrailing())
        + format.formatted(first, left)
        + format.formatted(second, right);
  }
}
