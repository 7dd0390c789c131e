package dev.axon64.codegen.isa.syntax;

import dev.axon64.codegen.support.InputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Parses the declarations of a file. */
public final class IsaParser {
  private static final int WIDEST_REGISTER = 128;

  private final Tokens tokens;
  private final ExpressionParser expressions;
  private final StatementParser statements;

  private IsaParser(Tokens tokens) {
    this.tokens = tokens;
    this.expressions = new ExpressionParser(tokens);
    this.statements = new StatementParser(tokens, expressions);
  }

  /**
   * Parses a file.
   *
   * @param file its name, for messages
   * @throws InputException with line and column, if it breaks the grammar
   */
  public static List<Declaration> parse(String file, String text) {
    IsaParser parser = new IsaParser(new Tokens(new Lexer(file, text).tokens()));
    List<Declaration> declarations = new ArrayList<>();
    while (!parser.tokens.atEnd()) {
      declarations.add(parser.declaration());
    }
    return declarations;
  }

  /** Parses one expression, as it stands in an {@code asm} text. */
  public static Expression parseExpression(Position at, String text) {
    Tokens tokens = new Tokens(new Lexer(at, text).tokens());
    Expression expression = new ExpressionParser(tokens).expression();
    if (!tokens.atEnd()) {
      throw at.error("'" + text + "' is no expression; write one value before the bar");
    }
    return expression;
  }

  private Declaration declaration() {
    Token keyword = tokens.next();
    return switch (keyword.text()) {
      case "state" -> state();
      case "kernel" -> kernel();
      case "trap" -> trap();
      case "host" -> host();
      case "const" -> constant();
      case "function" -> function(false);
      case "shared" -> {
        tokens.expect("function");
        yield function(true);
      }
      case "instruction" -> new InstructionParser(tokens, expressions, statements).parse();
      default ->
          throw keyword
              .at()
              .error(
                  keyword.shown()
                      + " begins no declaration; one of state, kernel, trap, host, const, function,"
                      + " shared, instruction");
    };
  }

  private Declaration state() {
    Token name = tokens.expect(Token.Kind.NAME, "a name");
    int count = 0;
    if (tokens.accept("[")) {
      count = (int) Tokens.number(tokens.expect(Token.Kind.NUMBER, "how many there are"));
      tokens.expect("]");
    }
    tokens.expect(":");
    int width = fixedWidth(WIDEST_REGISTER);
    long reset =
        tokens.accept("=")
            ? Tokens.number(tokens.expect(Token.Kind.NUMBER, "the value at reset"))
            : 0;
    Optional<String> trace = text("trace");
    Optional<String> letter =
        trace.isPresent() && tokens.peek().kind() == Token.Kind.STRING
            ? Optional.of(tokens.next().text())
            : Optional.empty();
    Optional<String> snapshot = text("snapshot");
    tokens.expect(";");
    return new Declaration.State(
        name.at(), name.text(), count, width, reset, trace, letter, snapshot);
  }

  /** The text after a word, if that word comes next. */
  private Optional<String> text(String word) {
    return tokens.accept(word)
        ? Optional.of(tokens.expect(Token.Kind.STRING, "a name in quotes").text())
        : Optional.empty();
  }

  private Declaration kernel() {
    Token name = tokens.expect(Token.Kind.NAME, "a name");
    tokens.expect(";");
    return new Declaration.Kernel(name.at(), name.text());
  }

  private Declaration trap() {
    Token name = tokens.expect(Token.Kind.NAME, "a name");
    List<Declaration.Parameter> parameters = runTimeParameters();
    if (parameters.size() > 1) {
      throw name.at().error("trap " + name.text() + " has several parameters; join them in one");
    }
    tokens.expect(";");
    return new Declaration.Trap(name.at(), name.text(), parameters);
  }

  private Declaration host() {
    Token name = tokens.expect(Token.Kind.NAME, "a name");
    List<Declaration.Parameter> parameters = runTimeParameters();
    int width = tokens.accept("->") ? fixedWidth(Long.SIZE) : 0;
    tokens.expect(";");
    return new Declaration.Host(name.at(), name.text(), parameters, width);
  }

  private Declaration constant() {
    Token name = tokens.expect(Token.Kind.NAME, "a name");
    tokens.expect("=");
    Expression value = expressions.expression();
    tokens.expect(";");
    return new Declaration.Constant(name.at(), name.text(), value);
  }

  private Declaration function(boolean shared) {
    Token name = tokens.expect(Token.Kind.NAME, "a name");
    List<Declaration.Parameter> parameters = parameters();
    Optional<Declaration.Result> result =
        tokens.accept("->") ? Optional.of(result()) : Optional.empty();
    Optional<Declaration.Shortcut> shortcut =
        tokens.accept("shortcut")
            ? Optional.of(shortcut(name, shared && result.isPresent()))
            : Optional.empty();
    return new Declaration.Function(
        name.at(), name.text(), shared, parameters, result, shortcut, statements.block());
  }

  private Declaration.Shortcut shortcut(Token function, boolean allowed) {
    Token name = tokens.expect(Token.Kind.NAME, "the shortcut's name");
    if (!allowed) {
      throw name.at()
          .error(
              function.text()
                  + " has a shortcut; make it a shared function with a result, or leave that out");
    }
    List<String> registers = new ArrayList<>();
    tokens.expect("(");
    do {
      registers.add(tokens.expect(Token.Kind.NAME, "a register's name").text());
    } while (tokens.accept(","));
    tokens.expect(")");
    return new Declaration.Shortcut(name.at(), name.text(), registers);
  }

  private Declaration.Result result() {
    if (tokens.accept("(")) {
      tokens.enter();
      List<Declaration.Result> parts = new ArrayList<>();
      do {
        parts.add(result());
      } while (tokens.accept(","));
      tokens.expect(")");
      tokens.leave(1);
      return new Declaration.Result.Several(parts);
    }
    return bitsOrInt()
        .<Declaration.Result>map(Declaration.Result.Bits::new)
        .orElseGet(Declaration.Result.Number::new);
  }

  /** The width of {@code bits(width)}, or empty for {@code int}. */
  private Optional<Expression> bitsOrInt() {
    if (tokens.accept("int")) {
      return Optional.empty();
    }
    tokens.expect("bits");
    tokens.expect("(");
    Expression width = expressions.expression();
    tokens.expect(")");
    return Optional.of(width);
  }

  /** The parameters of a trap or host function, which are passed at run time. */
  private List<Declaration.Parameter> runTimeParameters() {
    List<Declaration.Parameter> parameters = parameters();
    for (Declaration.Parameter parameter : parameters) {
      if (parameter.width().isEmpty()) {
        throw parameter
            .at()
            .error(parameter.name() + " is passed at run time; give it bits(n), not int");
      }
    }
    return parameters;
  }

  private List<Declaration.Parameter> parameters() {
    tokens.expect("(");
    List<Declaration.Parameter> parameters = new ArrayList<>();
    if (tokens.accept(")")) {
      return parameters;
    }
    do {
      Token name = tokens.expect(Token.Kind.NAME, "a parameter's name");
      tokens.expect(":");
      Optional<Expression> width = bitsOrInt();
      if (parameters.stream().anyMatch(p -> p.name().equals(name.text()))) {
        throw name.at().error("parameter " + name.text() + " comes twice; rename one");
      }
      parameters.add(new Declaration.Parameter(name.at(), name.text(), width));
    } while (tokens.accept(","));
    tokens.expect(")");
    return parameters;
  }

  private int fixedWidth(int most) {
    tokens.expect("bits");
    tokens.expect("(");
    Token number = tokens.expect(Token.Kind.NUMBER, "a width");
    long width = Tokens.number(number);
    if (width < 1 || width > most) {
      throw number.at().error("a width of " + width + "; give 1 to " + most);
    }
    tokens.expect(")");
    return (int) width;
  }
}
