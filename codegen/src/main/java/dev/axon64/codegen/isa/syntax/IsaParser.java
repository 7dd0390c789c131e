package dev.axon64.codegen.isa.syntax;

import dev.axon64.codegen.support.InputException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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
      case "instruction" -> instruction();
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

  /** The text behind a word, if that word comes next. */
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
    return new Declaration.Function(
        name.at(), name.text(), shared, parameters, result, statements.block());
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

  /** {@code bits(width)}, or {@code int} and empty. */
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

  /** Those of traps and host functions, which are not inlined. */
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

  private Declaration instruction() {
    Token name = tokens.expect(Token.Kind.NAME, "the instruction's name");
    String kernel = tokens.name("the kernel's name");
    tokens.expect("{");
    BitPattern pattern = null;
    List<Statement> body = null;
    List<String> splits = new ArrayList<>();
    List<Expression> conditions = new ArrayList<>();
    List<Declaration.Asm> asm = new ArrayList<>();
    while (!tokens.accept("}")) {
      Token part = tokens.next();
      switch (part.text()) {
        case "bits" -> pattern = once(pattern, BitPattern.parse(tokens, part.at()), part);
        case "split" -> {
          while (!tokens.at(";")) {
            splits.add(tokens.name("a field"));
            tokens.accept(",");
          }
        }
        case "where" -> conditions.add(expressions.expression());
        case "asm" -> asm.add(asm(part.at()));
        case "do" -> body = once(body, statements.block(), part);
        default ->
            throw part.at()
                .error(
                    part.shown()
                        + " is no part of an instruction; one of bits, split, where, asm, do");
      }
      if (!part.text().equals("do")) {
        tokens.expect(";");
      }
    }
    require(pattern != null, name, "bits");
    require(body != null, name, "do");
    require(!asm.isEmpty(), name, "asm");
    checkSplits(name, pattern, splits);
    checkAsm(name, asm);
    return new Declaration.Instruction(
        name.at(),
        name.text(),
        kernel,
        pattern.mask(),
        pattern.value(),
        pattern.fields(),
        splits,
        conditions,
        asm,
        body);
  }

  private static <T> T once(T before, T now, Token part) {
    if (before != null) {
      throw part.at().error("'" + part.text() + "' comes twice; an instruction has one");
    }
    return now;
  }

  private static void require(boolean present, Token name, String part) {
    if (!present) {
      throw name.at().error("instruction " + name.text() + " has no '" + part + "'; add it");
    }
  }

  private static void checkSplits(Token name, BitPattern pattern, List<String> splits) {
    Set<String> seen = new HashSet<>();
    for (String split : splits) {
      if (pattern.fields().stream().noneMatch(field -> field.name().equals(split))) {
        throw name.at()
            .error(
                "split names "
                    + split
                    + ", which is no field of "
                    + name.text()
                    + "; name one of its bits line");
      }
      if (!seen.add(split)) {
        throw name.at().error("split names " + split + " twice; once is enough");
      }
    }
  }

  /** The last line takes what the others leave; lines behind one that takes all are lost. */
  private static void checkAsm(Token name, List<Declaration.Asm> asm) {
    for (int i = 0; i < asm.size() - 1; i++) {
      if (asm.get(i).condition().isEmpty()) {
        throw asm.get(i).at().error("this asm line takes all words; put it last or add a 'when'");
      }
    }
    if (asm.get(asm.size() - 1).condition().isPresent()) {
      throw name.at()
          .error("no asm line of " + name.text() + " takes all words; end with one without 'when'");
    }
  }

  private Declaration.Asm asm(Position at) {
    String text = tokens.expect(Token.Kind.STRING, "the text in quotes").text();
    Optional<Expression> condition =
        tokens.accept("when") ? Optional.of(expressions.expression()) : Optional.empty();
    return new Declaration.Asm(at, text, condition);
  }
}
