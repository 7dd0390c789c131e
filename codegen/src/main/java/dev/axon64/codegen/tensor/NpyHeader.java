package dev.axon64.codegen.tensor;

import dev.axon64.codegen.support.InputException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The dict literal at the head of a {@code .npy} file. A small parser reads it, which knows
 * strings, True, False, tuples of integers, lists of columns and nothing else of Python.
 *
 * @param descr NumPy's name of the value type; of a structured array the list of its columns, as
 *     NumPy writes it
 * @param fortranOrder whether the first dimension is the fastest
 * @param shape dimensions as written, not yet checked
 */
record NpyHeader(String descr, boolean fortranOrder, List<Long> shape) {

  static NpyHeader parse(String text, String where) {
    return new Parser(text, where).header();
  }

  /** The dict literal as NumPy writes it. */
  String literal() {
    StringBuilder dimensions = new StringBuilder();
    for (int d = 0; d < shape.size(); d++) {
      dimensions.append(d == 0 ? "" : " ").append(shape.get(d));
      dimensions.append(d + 1 < shape.size() || d == 0 ? "," : "");
    }
    return "{'descr': %s, 'fortran_order': %s, 'shape': (%s), }"
        .formatted(
            isOfColumns(descr) ? descr : "'" + descr + "'",
            fortranOrder ? "True" : "False",
            dimensions);
  }

  /** Whether values of a type are rows of named columns. */
  static boolean isOfColumns(String descr) {
    return descr.startsWith("[");
  }

  /** A column in a list of columns: {@code ('words', '<u4', (32,))}; without a shape for one. */
  static String column(String name, String type, List<Long> shape) {
    String dimensions = shape.stream().map(String::valueOf).collect(Collectors.joining(", "));
    return shape.isEmpty()
        ? "('%s', '%s')".formatted(name, type)
        : "('%s', '%s', (%s%s))".formatted(name, type, dimensions, shape.size() == 1 ? "," : "");
  }

  /** The type of rows of these columns. */
  static String ofColumns(List<String> columns) {
    return "[" + String.join(", ", columns) + "]";
  }

  private static final class Parser {
    private final String text;
    private final String where;
    private int at;

    Parser(String text, String where) {
      this.text = text;
      this.where = where;
    }

    NpyHeader header() {
      String descr = null;
      Boolean fortran = null;
      List<Long> shape = null;
      expect('{');
      while (!accept('}')) {
        String key = string();
        expect(':');
        if (key.equals("descr") && descr == null) {
          descr = descr();
        } else if (key.equals("fortran_order") && fortran == null) {
          fortran = truth();
        } else if (key.equals("shape") && shape == null) {
          shape = dimensions();
        } else {
          throw wrong("key " + Shapes.quoted(key) + " is unknown or given twice");
        }
        if (!accept(',') && peek() != '}') {
          throw wrong("',' or '}' is missing");
        }
      }
      peek();
      if (at < text.length()) {
        throw wrong("something follows the closing '}'");
      }
      if (descr == null || fortran == null || shape == null) {
        throw wrong("one of 'descr', 'fortran_order' and 'shape' is missing");
      }
      return new NpyHeader(descr, fortran, shape);
    }

    private String descr() {
      if (peek() != '[') {
        return string();
      }
      List<String> columns = new ArrayList<>();
      expect('[');
      while (!accept(']')) {
        columns.add(column());
        if (!accept(',') && peek() != ']') {
          throw wrong("',' or ']' is missing");
        }
      }
      return ofColumns(columns);
    }

    private String column() {
      expect('(');
      String name = string();
      expect(',');
      String type = string();
      List<Long> dimensions = accept(',') && peek() == '(' ? dimensions() : List.of();
      expect(')');
      return NpyHeader.column(name, type, dimensions);
    }

    private String string() {
      char quote = peek();
      int end = quote == '\'' || quote == '"' ? text.indexOf(quote, at + 1) : -1;
      if (end < 0) {
        throw wrong("a quoted string is missing");
      }
      String string = text.substring(at + 1, end);
      at = end + 1;
      return string;
    }

    private boolean truth() {
      peek();
      boolean truth = text.startsWith("True", at);
      if (!truth && !text.startsWith("False", at)) {
        throw wrong("True or False is missing");
      }
      at += truth ? "True".length() : "False".length();
      return truth;
    }

    private List<Long> dimensions() {
      List<Long> dimensions = new ArrayList<>();
      expect('(');
      while (!accept(')')) {
        dimensions.add(integer());
        // A lone dimension must be (3,): without the comma Python reads a number, not a tuple.
        if (!accept(',') && (peek() != ')' || dimensions.size() == 1)) {
          throw wrong("',' or ')' is missing");
        }
      }
      return dimensions;
    }

    private long integer() {
      int start = peek() == '-' ? at + 1 : at;
      int end = start;
      while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
        end++;
      }
      if (end == start || end - start > 18) {
        throw wrong(end == start ? "an integer is missing" : "an integer has more than 18 digits");
      }
      long value = Long.parseLong(text, at, end, 10);
      // Python 2 wrote long integers as 12L.
      at = end < text.length() && text.charAt(end) == 'L' ? end + 1 : end;
      return value;
    }

    private static final char END = '\0';

    private char peek() {
      while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\n')) {
        at++;
      }
      return at < text.length() ? text.charAt(at) : END;
    }

    private boolean accept(char c) {
      if (at >= text.length() || peek() != c) {
        return false;
      }
      at++;
      return true;
    }

    private void expect(char c) {
      if (!accept(c)) {
        throw wrong("'" + c + "' is missing");
      }
    }

    private InputException wrong(String what) {
      return new InputException(
          where,
          "its .npy header is damaged at character "
              + at
              + ": "
              + what
              + "; save the array again with numpy.save");
    }
  }
}
