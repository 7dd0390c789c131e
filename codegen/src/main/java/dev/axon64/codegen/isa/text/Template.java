package dev.axon64.codegen.isa.text;

import dev.axon64.codegen.isa.elaborate.WordEvaluator;
import dev.axon64.codegen.isa.syntax.Expression;
import dev.axon64.codegen.isa.syntax.IsaParser;
import dev.axon64.codegen.isa.syntax.Position;
import java.util.ArrayList;
import java.util.List;

/** The text of an {@code asm} line, taken apart. */
record Template(List<Part> parts) {
  /** Literal text or something to print. */
  sealed interface Part permits Literal, Hole {}

  /** Text that stays. */
  record Literal(String text) implements Part {}

  /**
   * {@code {value|format}}.
   *
   * @param wide the field {@code sf}, if the format needs it
   */
  record Hole(Expression value, Format format, Expression wide) implements Part {}

  /** Takes a text apart; doubled braces stand for themselves. */
  static Template parse(Position at, String text) {
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
    Format format = Format.parse(at, bar < 0 ? "" : text.substring(bar + 1));
    return new Hole(
        IsaParser.parseExpression(at, value),
        format,
        format.needsWidth() ? IsaParser.parseExpression(at, "sf") : null);
  }

  /** The first bar outside brackets: a value that has one itself needs parentheses. */
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

  String print(WordEvaluator evaluator) {
    StringBuilder text = new StringBuilder();
    for (Part part : parts) {
      if (part instanceof Literal literal) {
        text.append(literal.text);
      } else {
        Hole hole = (Hole) part;
        boolean wide = hole.wide != null && evaluator.number(hole.wide) != 0;
        text.append(hole.format.print(evaluator.number(hole.value), wide));
      }
    }
    return text.toString();
  }
}
