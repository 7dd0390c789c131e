package dev.axon64.codegen.tensor;

import dev.axon64.codegen.support.InputException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Counts, checks and names shapes and positions. */
final class Shapes {
  /** The most values in all tensors of one file: 256 MiB of float32. */
  static final int MOST_ELEMENTS = 1 << 26;

  private static final int MOST_DIMENSIONS = 32;
  private static final int MOST_QUOTED = 120;

  private Shapes() {}

  /**
   * Dimensions read from a file, as a shape that is safe to count and to allocate.
   *
   * @throws InputException if one is negative or all together are over the limit
   */
  static List<Integer> checked(String where, String name, List<Long> dimensions) {
    if (dimensions.size() > MOST_DIMENSIONS) {
      throw new InputException(
          where,
          subject(name)
              + " has "
              + dimensions.size()
              + " dimensions; at most "
              + MOST_DIMENSIONS
              + " are read");
    }
    List<Integer> shape = new ArrayList<>(dimensions.size());
    for (long dimension : dimensions) {
      if (dimension < 0 || dimension > MOST_ELEMENTS) {
        throw new InputException(
            where,
            subject(name)
                + " has a dimension of "
                + dimension
                + "; from 0 to "
                + MOST_ELEMENTS
                + " is read");
      }
      shape.add((int) dimension);
    }
    if (count(shape) > MOST_ELEMENTS) {
      throw new InputException(
          where,
          subject(name)
              + " of shape "
              + shape
              + " is over the limit of "
              + MOST_ELEMENTS
              + " values; split it");
    }
    return List.copyOf(shape);
  }

  /**
   * The product of the dimensions, 1 for a scalar; {@code Long.MAX_VALUE} when too large for a
   * long.
   *
   * @throws IllegalArgumentException if one is negative
   */
  static long count(List<Integer> shape) {
    if (shape.stream().anyMatch(d -> d < 0)) {
      throw new IllegalArgumentException("negative dimension in shape " + shape);
    }
    // Zero first, so that [2^31-1, 2^31-1, 2^31-1, 0] is empty and not too large.
    if (shape.contains(0)) {
      return 0;
    }
    long count = 1;
    for (int dimension : shape) {
      if (count > Long.MAX_VALUE / dimension) {
        return Long.MAX_VALUE;
      }
      count *= dimension;
    }
    return count;
  }

  /** The index of position {@code flat} of the C order as messages show it: {@code [3, 17]}. */
  static String index(List<Integer> shape, int flat) {
    int[] index = new int[shape.size()];
    int rest = flat;
    for (int d = index.length - 1; d >= 0; d--) {
      index[d] = rest % shape.get(d);
      rest /= shape.get(d);
    }
    return Arrays.toString(index);
  }

  /** How a message names a tensor: {@code tensor 'fc1.weight'}, or {@code the array}. */
  static String subject(String name) {
    return name == null || name.isEmpty() ? "the array" : "tensor " + quoted(name);
  }

  /** Text from a file in quotes, shortened, without control characters. */
  static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("'");
    text.codePoints()
        .limit(MOST_QUOTED)
        .forEach(c -> quoted.appendCodePoint(isPrintable(c) ? c : '?'));
    return quoted.append(text.length() > MOST_QUOTED ? "...'" : "'").toString();
  }

  private static boolean isPrintable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
