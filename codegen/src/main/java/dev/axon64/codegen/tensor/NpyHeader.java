package dev.axon64.codegen.tensor;

import dev.axon64.codegen.support.InputException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The dict literal at the head of a {@code .npy} file. A small parser reads it, which knows
 * strings, True, False, tuples of integers, lists of columns and nothing else of Python.
 *
 * @param descr what the values are
 * @param fortranOrder first dimension fastest
 * @param shape dimensions as written, not yet checked
 */
record NpyHeader(Descr descr, boolean fortranOrder, List<Long> shape) {
  /** What the values are, in NumPy's names. */
  sealed interface Descr {
    /** All of one type. */
    record Plain(String type) implements Descr {}

    /** Rows of named fields. */
    record Structured(List<Field> fields) implements Descr {}

    /**
     * A field of a row.
     *
     * @param shape empty for a lone value
     */
    record Field(String name, String type, List<Long> shape) {}

    /** What the columns of a table are written as. */
    static Structured of(List<Column> columns) {
      return new Structured(
          columns.stream()
              .map(
                  c ->
                      new Field(
                          c.name(),
                          c.descr(),
                          c.count() == 1 ? List.of() : List.of((long) c.count())))
              .toList());
    }

    /** As Python writes it. */
    default String text() {
      return switch (this) {
        case Plain plain -> "'" + plain.type + "'";
        case Structured rows ->
            rows.fields.stream()
                .map(f -> "('" + f.name + "', '" + f.type + "'" + shapeText(f.shape) + ")")
                .collect(Collectors.joining(", ", "[", "]"));
      };
    }

    private static String shapeText(List<Long> shape) {
      return shape.isEmpty() ? "" : ", " + tuple(shape);
    }
  }

  /** {@code (3,)}, {@code (2, 3)}. */
  static String tuple(List<? extends Number> dimensions) {
    String inner = dimensions.stream().map(Object::toString).collect(Collectors.joining(", "));
    return "(" + inner + (dimensions.size() == 1 ? ",)" : ")");
  }

  static NpyHeader parse(String text, String where) {
    return new Parser(text, where).header();
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
      Descr descr = null;
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

    private Descr descr() {
      if (peek() != '[') {
        return new Descr.Plain(string());
      }
      List<Descr.Field> fields = new ArrayList<>();
      expect('[');
      while (!accept(']')) {
        fields.add(field());
        if (!accept(',') && peek() != ']') {
          throw wrong("',' or ']' is missing");
        }
      }
      return new Descr.Structured(List.copyOf(fields));
    }

    private Descr.Field field() {
      expect('(');
      String name = string();
      expect(',');
      String type = string();
      List<Long> dimensions = accept(',') && peek() == '(' ? dimensions() : List.of();
      expect(')');
      return new Descr.Field(name, type, dimensions);
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
