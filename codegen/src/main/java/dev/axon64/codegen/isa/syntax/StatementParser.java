package dev.axon64.codegen.isa.syntax;

import java.util.ArrayList;
import java.util.List;

/** Parses blocks. */
final class StatementParser {
  private final Tokens tokens;
  private final ExpressionParser expressions;

  StatementParser(Tokens tokens, ExpressionParser expressions) {
    this.tokens = tokens;
    this.expressions = expressions;
  }

  List<Statement> block() {
    tokens.expect("{");
    List<Statement> statements = new ArrayList<>();
    tokens.enter();
    while (!tokens.accept("}")) {
      statements.add(statement());
    }
    tokens.leave(1);
    return statements;
  }

  private Statement statement() {
    Token first = tokens.peek();
    if (first.kind() == Token.Kind.NAME) {
      switch (first.text()) {
        case "if":
          return branchOf(tokens.next().at());
        case "for":
          return loop(tokens.next().at());
        default:
          break;
      }
    }
    Statement simple = simple(first);
    tokens.expect(";");
    return simple;
  }

  private Statement simple(Token first) {
    Position at = first.at();
    switch (first.kind() == Token.Kind.NAME ? first.text() : "") {
      case "let":
        return let(tokens.next().at());
      case "var":
        tokens.next();
        String name = tokens.name("a name");
        tokens.expect("=");
        return new Statement.Var(at, name, expressions.expression());
      case "undefined":
        tokens.next();
        return new Statement.Undefined(at);
      case "raise":
        tokens.next();
        String trap = tokens.name("a trap's name");
        tokens.expect("(");
        return new Statement.Raise(at, trap, expressions.list(")"));
      case "return":
        tokens.next();
        return new Statement.Return(at, expressions.expression());
      default:
        return assignment(at);
    }
  }

  private Statement let(Position at) {
    List<String> names = new ArrayList<>();
    if (tokens.accept("(")) {
      do {
        names.add(tokens.name("a name"));
      } while (tokens.accept(","));
      tokens.expect(")");
    } else {
      names.add(tokens.name("a name"));
    }
    tokens.expect("=");
    return new Statement.Let(at, names, expressions.expression());
  }

  private Statement assignment(Position at) {
    Expression target = expressions.expression();
    if (tokens.accept("=")) {
      return new Statement.Assign(at, target, expressions.expression());
    }
    if (!(target instanceof Expression.Call)) {
      throw at.error("a value alone does nothing; assign it or remove it");
    }
    Expression.Call call = (Expression.Call) target;
    if (call.function().equals("branch")) {
      if (call.arguments().size() != 1) {
        throw at.error("branch takes one value, the target address");
      }
      return new Statement.Branch(at, call.arguments().get(0));
    }
    return new Statement.Run(at, call);
  }

  private Statement branchOf(Position at) {
    tokens.expect("(");
    Expression condition = expressions.expression();
    tokens.expect(")");
    List<Statement> yes = block();
    List<Statement> no = List.of();
    if (tokens.accept("else")) {
      tokens.enter();
      no = tokens.at("if") ? List.of(branchOf(tokens.next().at())) : block();
      tokens.leave(1);
    }
    return new Statement.If(at, condition, yes, no);
  }

  private Statement loop(Position at) {
    String variable = tokens.name("the loop's variable");
    tokens.expect("in");
    Expression from = expressions.expression();
    tokens.expect("..");
    Expression to = expressions.expression();
    return new Statement.For(at, variable, from, to, block());
  }
}
