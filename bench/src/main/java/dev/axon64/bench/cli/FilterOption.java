package dev.axon64.bench.cli;

import dev.axon64.codegen.support.InputException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import picocli.CommandLine.Option;

/** Selects cases by their names. */
final class FilterOption {
  @Option(
      names = "--filter",
      paramLabel = "REGEX",
      description = "Measure only cases in whose names this is found, as in the example below.")
  private Optional<String> expression;

  /** Those that were asked for. */
  <T> List<T> of(List<T> all, Function<T, String> name) {
    return expression.map(given -> matching(all, name, given)).orElse(all);
  }

  /**
   * Those whose name an expression is found in.
   *
   * @throws InputException if it is no expression, or is found in no name
   */
  static <T> List<T> matching(List<T> all, Function<T, String> name, String expression) {
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
