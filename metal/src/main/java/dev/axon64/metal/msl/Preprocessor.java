package dev.axon64.metal.msl;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Directives and conditional text. Standard headers are built in, so {@code #include} of them is
 * ignored; any other file is refused, since a shader is one file here.
 */
final class Preprocessor {
  private static final int MOST_NESTED = 256;

  private record Condition(Pos pos, boolean outer, boolean taken, boolean seenElse, boolean now) {}

  private final List<Token> in;
  private int at;
  private final Map<String, Macro> macros = new HashMap<>();
  private final List<Token> out = new ArrayList<>();
  private final Deque<Condition> conditions = new ArrayDeque<>();
  private final MacroExpander expander = new MacroExpander(macros);

  private Preprocessor(List<Token> in) {
    this.in = in;
    define("__METAL_VERSION__", "310");
    define("__METAL__", "1");
    define("__METAL_MACOS__", "1");
    define("__HAVE_NATIVE_INT64__", "1");
    define("__AXON64__", "1");
  }

  /** The tokens of a shader after all directives and macros; the last is of kind END. */
  static List<Token> process(String text, String file) {
    return new Preprocessor(Lexer.tokens(text, file)).run();
  }

  private void define(String name, String value) {
    List<Token> body = Lexer.tokens(value, "<built in>");
    macros.put(name, new Macro(name, null, false, body.subList(0, body.size() - 1)));
  }

  private List<Token> run() {
    List<Token> run = new ArrayList<>();
    while (true) {
      Token token = in.get(at);
      boolean end = token.kind() == Token.Kind.END;
      boolean directive = token.lineStart() && token.is("#");
      if (end || directive) {
        expander.expandInto(run, out);
        run.clear();
      }
      if (end) {
        if (!conditions.isEmpty()) {
          throw conditions.peek().pos().error("this conditional is never closed; add #endif");
        }
        out.add(token);
        return out;
      }
      if (directive) {
        at++;
        directive(restOfLine(), token.pos());
      } else {
        at++;
        if (active()) {
          run.add(token);
        }
      }
    }
  }

  private boolean active() {
    return conditions.isEmpty() || conditions.peek().now();
  }

  private List<Token> restOfLine() {
    List<Token> line = new ArrayList<>();
    while (!in.get(at).lineStart() && in.get(at).kind() != Token.Kind.END) {
      line.add(in.get(at++));
    }
    return line;
  }

  private void directive(List<Token> line, Pos pos) {
    if (line.isEmpty()) {
      return;
    }
    String name = line.get(0).text();
    List<Token> rest = line.subList(1, line.size());
    switch (name) {
      case "if" -> open(pos, active() && truth(rest, pos));
      case "ifdef" -> open(pos, active() && macros.containsKey(name(rest, pos)));
      case "ifndef" -> open(pos, active() && !macros.containsKey(name(rest, pos)));
      case "elif" -> elif(rest, pos);
      case "else" -> otherwise(pos);
      case "endif" -> top(pos, "#endif");
      default -> {
        if (active()) {
          action(name, rest, pos);
        }
      }
    }
    if (name.equals("endif")) {
      conditions.pop();
    }
  }

  private void action(String name, List<Token> rest, Pos pos) {
    switch (name) {
      case "define" -> {
        Macro macro = Macro.parse(rest, pos);
        macros.put(macro.name(), macro);
      }
      case "undef" -> macros.remove(name(rest, pos));
      case "include", "import" -> include(rest, pos);
      case "pragma", "line", "warning", "ident" -> {
        // Float contraction is always off and math always strict here, so pragmas change nothing.
      }
      case "error" -> throw pos.error("#error " + Macro.spelling(rest));
      default ->
          throw pos.error(
              "#"
                  + name
                  + " is not a directive; define, undef, include, if, ifdef, ifndef, elif, else,"
                  + " endif, pragma and error are");
    }
  }

  private static final Set<String> HEADERS =
      Set.of(
          "metal_stdlib",
          "metal_atomic",
          "metal_math",
          "metal_integer",
          "metal_common",
          "metal_geometric",
          "metal_compute",
          "metal_relational",
          "metal_simdgroup",
          "metal_types",
          "metal_limits",
          "metal_type_traits",
          "simd/simd.h",
          "stdint.h",
          "cstdint",
          "stddef.h",
          "cstddef");

  private static void include(List<Token> rest, Pos pos) {
    StringBuilder header = new StringBuilder();
    rest.forEach(t -> header.append(t.text()));
    String name = header.toString().replaceAll("[<>\"]", "");
    if (!HEADERS.contains(name)) {
      throw pos.error(
          "#include "
              + header
              + " cannot be read: only the standard headers (<metal_stdlib>, <metal_atomic>, ...)"
              + " are known; paste the file in");
    }
  }

  private static String name(List<Token> rest, Pos pos) {
    if (rest.isEmpty() || !rest.get(0).isName()) {
      throw pos.error("a macro name must follow here");
    }
    return rest.get(0).text();
  }

  private void open(Pos pos, boolean now) {
    if (conditions.size() >= MOST_NESTED) {
      throw pos.error("conditionals are nested over " + MOST_NESTED + " deep");
    }
    conditions.push(new Condition(pos, active(), now, false, now));
  }

  private Condition top(Pos pos, String what) {
    if (conditions.isEmpty()) {
      throw pos.error(what + " without #if");
    }
    return conditions.peek();
  }

  private void elif(List<Token> rest, Pos pos) {
    Condition top = top(pos, "#elif");
    if (top.seenElse()) {
      throw pos.error("#elif after #else");
    }
    boolean now = top.outer() && !top.taken() && truth(rest, pos);
    conditions.pop();
    conditions.push(new Condition(top.pos(), top.outer(), top.taken() || now, false, now));
  }

  private void otherwise(Pos pos) {
    Condition top = top(pos, "#else");
    if (top.seenElse()) {
      throw pos.error("a second #else");
    }
    conditions.pop();
    boolean now = top.outer() && !top.taken();
    conditions.push(new Condition(top.pos(), top.outer(), true, true, now));
  }

  private boolean truth(List<Token> rest, Pos pos) {
    List<Token> replaced = new ArrayList<>();
    for (int i = 0; i < rest.size(); i++) {
      if (!rest.get(i).is("defined")) {
        replaced.add(rest.get(i));
        continue;
      }
      boolean parens = i + 1 < rest.size() && rest.get(i + 1).is("(");
      int nameAt = i + (parens ? 2 : 1);
      if (nameAt >= rest.size() || !rest.get(nameAt).isName()) {
        throw pos.error("'defined' needs a macro name");
      }
      String value = macros.containsKey(rest.get(nameAt).text()) ? "1" : "0";
      replaced.add(new Token(Token.Kind.NUMBER, value, pos, false, true, Set.of()));
      i = nameAt + (parens ? 1 : 0);
    }
    List<Token> expanded = new ArrayList<>();
    expander.expandInto(replaced, expanded);
    return new DirectiveCondition(expanded, pos).value() != 0;
  }
}
