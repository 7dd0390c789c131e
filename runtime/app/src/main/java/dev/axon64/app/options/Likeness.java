package dev.axon64.app.options;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Names that somebody may have meant who typed another. */
final class Likeness {
  private Likeness() {}

  /** The names that fewest typing errors turn into the word; none if it would take many. */
  static List<String> meant(String word, Collection<String> names) {
    int most = Math.max(1, word.length() / 3);
    Map<Integer, List<String>> byErrors =
        names.stream()
            .sorted()
            .collect(
                Collectors.groupingBy(n -> errors(word, n), TreeMap::new, Collectors.toList()));
    return byErrors.entrySet().stream()
        .filter(entry -> entry.getKey() <= most)
        .findFirst()
        .map(Map.Entry::getValue)
        .orElse(List.of());
  }

  /**
   * How many characters must be added, left out, replaced or swapped with their neighbours (Damerau
   * and Levenshtein's distance, no part being edited twice).
   */
  static int errors(String from, String to) {
    int[][] distance = new int[from.length() + 1][to.length() + 1];
    for (int i = 0; i <= from.length(); i++) {
      for (int j = 0; j <= to.length(); j++) {
        if (i == 0 || j == 0) {
          distance[i][j] = i + j;
          continue;
        }
        int other = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
        int one = Math.min(distance[i - 1][j], distance[i][j - 1]) + 1;
        distance[i][j] = Math.min(one, distance[i - 1][j - 1] + other);
        boolean swapped =
            i > 1
                && j > 1
                && from.charAt(i - 1) == to.charAt(j - 2)
                && from.charAt(i - 2) == to.charAt(j - 1);
        if (swapped) {
          distance[i][j] = Math.min(distance[i][j], distance[i - 2][j - 2] + 1);
        }
      }
    }
    return distance[from.length()][to.length()];
  }
}
