package dev.axon64.metal.msl;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Macro replacement as C defines it: a macro never expands within its own expansion. */
final class MacroExpander {
  private static final int MOST_TOKENS = 2_000_000;
  private static final int MOST_NESTED = 200;

  private final Map<String, Macro> macros;
  private int produced;
  private int nested;

  MacroExpander(Map<String, Macro> macros) {
    this.macros = macros;
  }

  void expandInto(List<Token> in, List<Token> out) {
    Deque<Token> work = new ArrayDeque<>(in);
    while (!work.isEmpty()) {
      Token token = work.pop();
      Macro macro = token.isName() ? macros.get(token.text()) : null;
      if (macro == null || token.hidden().contains(token.text())) {
        out.add(token.is("__LINE__") ? lineNumber(token) : token);
        continue;
      }
      if (macro.parameters() == null) {
        pushBody(substitute(macro, List.of(), token), token, work);
      } else if (!work.isEmpty() && work.peek().is("(")) {
        work.pop();
        List<List<Token>> arguments = arguments(macro, token, work);
        pushBody(substitute(macro, arguments, token), token, work);
      } else {
        out.add(token);
      }
    }
  }

  private static Token lineNumber(Token token) {
    String line = Integer.toString(token.pos().line());
    return new Token(Token.Kind.NUMBER, line, token.pos(), false, token.spaced(), Set.of());
  }

  private void pushBody(List<Token> body, Token use, Deque<Token> work) {
    produced += body.size() + 1;
    if (produced > MOST_TOKENS) {
      throw use.pos().error("macros expand to over " + MOST_TOKENS + " tokens; simplify them");
    }
    Set<String> hidden = new HashSet<>(use.hidden());
    hidden.add(use.text());
    for (int i = body.size() - 1; i >= 0; i--) {
      Token token = body.get(i);
      Set<String> all = hidden;
      if (!token.hidden().isEmpty()) {
        all = new HashSet<>(hidden);
        all.addAll(token.hidden());
      }
      work.push(token.at(use.pos(), i == 0 ? use.spaced() : token.spaced()).hiding(all));
    }
  }

  private static List<List<Token>> arguments(Macro macro, Token use, Deque<Token> work) {
    List<List<Token>> arguments = new ArrayList<>();
    List<Token> current = new ArrayList<>();
    int depth = 0;
    while (true) {
      if (work.isEmpty()) {
        throw use.pos().error("the arguments of macro '" + macro.name() + "' are never closed");
      }
      Token token = work.pop();
      boolean last = macro.variadic() && arguments.size() == macro.parameters().size() - 1;
      if (depth == 0 && token.is(")")) {
        break;
      }
      if (depth == 0 && token.is(",") && !last) {
        arguments.add(current);
        current = new ArrayList<>();
        continue;
      }
      depth += token.is("(") ? 1 : token.is(")") ? -1 : 0;
      current.add(token);
    }
    int wanted = macro.parameters().size();
    if (!(wanted == 0 && current.isEmpty() && arguments.isEmpty())) {
      arguments.add(current);
    }
    if (macro.variadic() && arguments.size() == wanted - 1) {
      arguments.add(List.of());
    }
    if (arguments.size() != wanted) {
      throw use.pos()
          .error(
              "macro '%s' takes %d arguments, not %d"
                  .formatted(macro.name(), wanted, arguments.size()));
    }
    return arguments;
  }

  private List<Token> substitute(Macro macro, List<List<Token>> arguments, Token use) {
    if (++nested > MOST_NESTED) {
      throw use.pos().error("macros are nested over " + MOST_NESTED + " deep");
    }
    List<Token> out = new ArrayList<>();
    List<Token> body = macro.body();
    for (int i = 0; i < body.size(); i++) {
      Token token = body.get(i);
      Token next = i + 1 < body.size() ? body.get(i + 1) : null;
      int parameter = parameter(macro, token);
      if (token.is("#") && next != null && parameter(macro, next) >= 0) {
        out.add(quote(arguments.get(parameter(macro, next)), use));
        i++;
      } else if (token.is("##") && next != null && !out.isEmpty()) {
        int right = parameter(macro, next);
        paste(out, right >= 0 ? arguments.get(right) : List.of(next), use);
        i++;
      } else if (parameter >= 0 && next != null && next.is("##")) {
        out.addAll(arguments.get(parameter));
        if (arguments.get(parameter).isEmpty()) {
          i++;
        }
      } else if (parameter >= 0) {
        expandInto(arguments.get(parameter), out);
      } else {
        out.add(token);
      }
      limit(out.size(), use);
    }
    nested--;
    return out;
  }

  private void limit(int size, Token use) {
    if (produced + size > MOST_TOKENS) {
      throw use.pos().error("macros expand to over " + MOST_TOKENS + " tokens; simplify them");
    }
  }

  private static int parameter(Macro macro, Token token) {
    return macro.parameters() == null || !token.isName()
        ? -1
        : macro.parameters().indexOf(token.text());
  }

  private static Token quote(List<Token> argument, Token use) {
    String text = Macro.spelling(argument).replace("\\", "\\\\").replace("\"", "\\\"");
    return new Token(
        Token.Kind.STRING, "\"" + text + "\"", use.pos(), false, use.spaced(), Set.of());
  }

  private static void paste(List<Token> out, List<Token> right, Token use) {
    if (right.isEmpty()) {
      return;
    }
    Token left = out.removeLast();
    String text = left.text() + right.get(0).text();
    List<Token> pasted = Lexer.tokens(text, use.pos().file());
    if (pasted.size() != 2) {
      throw use.pos().error("## makes '" + text + "', which is not one token");
    }
    Token one = pasted.get(0).at(use.pos(), left.spaced());
    out.add(one.hiding(left.hidden()));
    out.addAll(right.subList(1, right.size()));
  }
}
