package dev.axon64.metal.msl;

import java.util.ArrayList;
import java.util.List;

/**
 * A macro.
 *
 * @param parameters names, or null for an object-like macro
 * @param variadic true if the last parameter takes all further arguments
 */
record Macro(String name, List<String> parameters, boolean variadic, List<Token> body) {
  /** Parses what follows {@code #define}. */
  static Macro parse(List<Token> line, Pos pos) {
    if (line.isEmpty() || !line.get(0).isName()) {
      throw pos.error("#define needs a name");
    }
    String name = line.get(0).text();
    if (name.equals("defined")) {
      throw pos.error("'defined' cannot be a macro");
    }
    if (line.size() < 2 || !line.get(1).is("(") || line.get(1).spaced()) {
      return new Macro(name, null, false, List.copyOf(line.subList(1, line.size())));
    }
    List<String> parameters = new ArrayList<>();
    boolean variadic = false;
    int i = 2;
    while (i < line.size() && !line.get(i).is(")")) {
      Token token = line.get(i++);
      if (token.is("...")) {
        parameters.add("__VA_ARGS__");
        variadic = true;
      } else if (token.isName()) {
        parameters.add(token.text());
      } else if (!token.is(",")) {
        throw token.pos().error("a macro parameter list cannot hold " + token.describe());
      }
    }
    if (i >= line.size()) {
      throw pos.error("the parameter list of macro '" + name + "' is never closed");
    }
    List<Token> body = List.copyOf(line.subList(i + 1, line.size()));
    return new Macro(name, List.copyOf(parameters), variadic, body);
  }

  /** Tokens as text, one blank where the source had any. */
  static String spelling(List<Token> tokens) {
    StringBuilder text = new StringBuilder();
    for (Token token : tokens) {
      if (token.spaced() && !text.isEmpty()) {
        text.append(' ');
      }
      text.append(token.text());
    }
    return text.toString();
  }
}
