package dev.axon64.bench.cli;

import dev.axon64.codegen.support.InputException;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** {@code --filter}: which of the things that could be measured are. */
final class Filter {
  private Filter() {}

  /**
   * Those whose name the expression is found in.
   *
   * @param expression null for all
   * @throws InputException if it is none, or is found in no name
   */
  static <T> List<T> matching(List<T> all, Function<T, String> name, String expression) {
    if (expression == null) {
      return all;
    }
    Pattern pattern = pattern(expression);
    List<T> left = all.stream().filter(one -> pattern.matcher(name.apply(one)).find()).toList();
    if (left.isEmpty()) {
      throw new InputException(
          "--filter " + expression,
          "is found in no case; they are named like '" + name.apply(all.get(0)) + "'");
    }
    return left;
  }

  private static Pattern pattern(String expression) {
    try {
      return Pattern.compile(expression);
    } catch (PatternSyntaxException e) {
      throw new InputException(
          "--filter " + expression, "is no regular expression: " + e.getDescription(), e);
    }
  }
}
