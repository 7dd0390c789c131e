package dev.axon64.codegen.isa.form;

import dev.axon64.codegen.isa.syntax.Expression;
import dev.axon64.codegen.isa.syntax.IsaParser;
import dev.axon64.codegen.isa.syntax.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/** The text of an {@code asm} line, taken apart. */
public record Template(List<Part> parts) {
  /** Literal text or a value to print. */
  public sealed interface Part {
    /** Returns its text for given values of expressions. */
    String print(ToLongFunction<Expression> numbers);
  }

  /** Text that is printed as it is. */
  public record Literal(String text) implements Part {
    @Override
    public String print(ToLongFunction<Expression> numbers) {
      return text;
    }
  }

  /**
   * {@code {value|format}}.
   *
   * @param format as it is written, see {@link Format}
   */
  public record Hole(Position at, Expression value, String format) implements Part {
    private static final String WIDTH = "sf";

    @Override
    public String print(ToLongFunction<Expression> numbers) {
      Format parsed = Format.parse(at, format);
      boolean wide =
          parsed.needsWidth() && numbers.applyAsLong(new Expression.Name(at, WIDTH)) != 0;
      return parsed.print(numbers.applyAsLong(value), wide);
    }
  }

  /** Takes a text apart; doubled braces stand for themselves. */
  public static Template parse(Position at, String text) {
    List<Part> parts = new ArrayList<>();
    StringBuilder literal = new StringBuilder();
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i);
      boolean doubled = i + 1 < text.length() && text.charAt(i + 1) == c;
      if ((c == '{' || c == '}') && doubled) {
        literal.append(c);
        i += 2;
      } else if (c == '{') {
        int end = text.indexOf('}', i);
        if (end < 0) {
          throw at.error("'{' is not closed in \"" + text + "\"; write {{ for a brace");
        }
        addLiteral(parts, literal);
        parts.add(hole(at, text.substring(i + 1, end)));
        i = end + 1;
      } else if (c == '}') {
        throw at.error("'}' closes nothing in \"" + text + "\"; write }} for a brace");
      } else {
        literal.append(c);
        i++;
      }
    }
    addLiteral(parts, literal);
    return new Template(List.copyOf(parts));
  }

  private static void addLiteral(List<Part> parts, StringBuilder literal) {
    if (!literal.isEmpty()) {
      parts.add(new Literal(literal.toString()));
      literal.setLength(0);
    }
  }

  private static Hole hole(Position at, String text) {
    int bar = bar(text);
    String value = bar < 0 ? text : text.substring(0, bar);
    String format = bar < 0 ? "" : text.substring(bar + 1);
    Format.parse(at, format); // refuses one that there is not
    return new Hole(at, IsaParser.parseExpression(at, value), format);
  }

  /** Finds the first bar outside brackets, since a value with a bar in it stands in parentheses. */
  private static int bar(String text) {
    int depth = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '(' || c == '[') {
        depth++;
      } else if (c == ')' || c == ']') {
        depth--;
      } else if (c == '|' && depth == 0) {
        return i;
      }
    }
    return -1;
  }

  /**
   * Fills the holes.
   *
   * @param numbers the values of the holes' expressions
   */
  public String print(ToLongFunction<Expression> numbers) {
    StringBuilder text = new StringBuilder();
    for (Part part : parts) {
      text.append(part.print(numbers));
    }
    return text.toString();
  }
}
