package dev.axon64.metal.msl;

import java.util.ArrayList;
import java.util.List;

/** Parses statements. */
final class StatementParser {
  /** Loops that turn no more often than this run without being watched for a stop. */
  private static final long MOST_UNWATCHED = 65536;

  private final Parsers all;
  private final TokenCursor cursor;

  StatementParser(Parsers all) {
    this.all = all;
    this.cursor = all.cursor;
  }

  Stmt.Block block() {
    Pos pos = cursor.expect("{", "before a block").pos();
    cursor.enter();
    cursor.openScope();
    List<Stmt> body = new ArrayList<>();
    while (!cursor.sees("}")) {
      if (cursor.peek().kind() == Token.Kind.END) {
        throw pos.error("this block is never closed; add }");
      }
      statement(body);
    }
    cursor.next();
    cursor.closeScope();
    cursor.leave();
    return new Stmt.Block(body, pos);
  }

  /** One statement with a scope of its own. */
  Stmt single() {
    List<Stmt> body = new ArrayList<>();
    cursor.openScope();
    statement(body);
    cursor.closeScope();
    return body.size() == 1 ? body.get(0) : new Stmt.Block(body, cursor.peek().pos());
  }

  private void statement(List<Stmt> out) {
    cursor.enter();
    cursor.skipAttributes();
    Token token = cursor.peek();
    switch (token.isName() ? token.text() : "") {
      case "if" -> out.add(ifStatement());
      case "for" -> out.add(forStatement());
      case "while" -> out.add(whileStatement());
      case "do" -> out.add(doStatement());
      case "switch" -> out.add(all.switches.parse());
      case "case", "default" -> out.add(all.switches.label());
      case "break", "continue" -> out.add(jump(cursor.next()));
      case "return" -> out.add(returnStatement());
      case "static_assert" -> staticAssert();
      case "using", "typedef" -> all.aliases.parse();
      case "goto" -> throw token.pos().error("goto is not supported; use loops and switch");
      case "try", "throw" -> throw token.pos().error("exceptions are not supported");
      default -> plainStatement(token.pos(), out);
    }
    cursor.leave();
  }

  private void plainStatement(Pos pos, List<Stmt> out) {
    if (cursor.sees("{")) {
      out.add(block());
    } else if (all.variables.startsDeclaration()) {
      all.variables.declaration(out);
    } else if (!cursor.take(";")) {
      Expr value = all.expressions.expression();
      cursor.expect(";", "after a statement");
      out.add(new Stmt.Evaluate(value, pos));
    }
  }

  void staticAssert() {
    Pos pos = cursor.next().pos();
    cursor.expect("(", "after static_assert");
    long value = all.expressions.constant("the condition of static_assert");
    String message = "";
    if (cursor.take(",")) {
      message = ": " + cursor.next().text();
    }
    cursor.expect(")", "after static_assert");
    cursor.expect(";", "after static_assert");
    if (value == 0) {
      throw pos.error("static_assert failed" + message);
    }
  }

  private Expr condition(String keyword) {
    cursor.expect("(", "after " + keyword);
    Expr test = truth();
    cursor.expect(")", "after the condition");
    return test;
  }

  private Expr truth() {
    return Checker.truth(all.expressions.expression(), "the condition");
  }

  private Stmt ifStatement() {
    Pos pos = cursor.next().pos();
    cursor.take("constexpr");
    cursor.openScope();
    Expr test = condition("if");
    Stmt yes = single();
    Stmt no = cursor.take("else") ? single() : null;
    cursor.closeScope();
    return new Stmt.If(test, yes, no, pos);
  }

  private Stmt loopBody() {
    all.body.enterLoop();
    Stmt body = single();
    all.body.leaveLoop();
    return body;
  }

  private Stmt whileStatement() {
    Pos pos = cursor.next().pos();
    all.body.noteLoop();
    Expr test = condition("while");
    return new Stmt.Loop(test, loopBody(), null, true, false, pos);
  }

  private Stmt doStatement() {
    Pos pos = cursor.next().pos();
    all.body.noteLoop();
    Stmt body = loopBody();
    cursor.expect("while", "after the body of do");
    Expr test = condition("while");
    cursor.expect(";", "after do ... while");
    return new Stmt.Loop(test, body, null, false, false, pos);
  }

  private Stmt forStatement() {
    Pos pos = cursor.next().pos();
    all.body.noteLoop();
    cursor.openScope();
    cursor.expect("(", "after for");
    List<Stmt> out = forStart(pos);
    Expr test = cursor.sees(";") ? null : truth();
    cursor.expect(";", "after the condition of a for loop");
    Expr step = cursor.sees(")") ? null : all.expressions.expression();
    cursor.expect(")", "after the head of a for loop");
    Var counter = LoopBounds.counter(out);
    int assigned = counter == null ? 0 : counter.assignments();
    int before = all.body.loopsSeen();
    Stmt body = loopBody();
    boolean bounded =
        counter != null
            && !counter.inMemory()
            && counter.assignments() == assigned
            && all.body.loopsSeen() == before
            && LoopBounds.trips(out, test, step) <= MOST_UNWATCHED;
    cursor.closeScope();
    out.add(new Stmt.Loop(test, body, step, true, bounded, pos));
    return new Stmt.Block(out, pos);
  }

  private List<Stmt> forStart(Pos pos) {
    List<Stmt> out = new ArrayList<>();
    if (all.variables.startsDeclaration()) {
      all.variables.declaration(out);
    } else if (!cursor.take(";")) {
      out.add(new Stmt.Evaluate(all.expressions.expression(), pos));
      cursor.expect(";", "after the start of a for loop");
    }
    return out;
  }

  private Stmt jump(Token token) {
    boolean isBreak = token.is("break");
    if (!(isBreak ? all.body.canBreak() : all.body.canContinue())) {
      throw token.pos().error("'" + token.text() + "' stands outside a loop");
    }
    cursor.expect(";", "after " + token.text());
    return isBreak ? new Stmt.Break(token.pos()) : new Stmt.Continue(token.pos());
  }

  private Stmt returnStatement() {
    Pos pos = cursor.next().pos();
    Expr value = cursor.sees(";") ? null : result(all.body.function(), pos);
    if (value == null && all.body.function().result() != VoidType.VOID) {
      Function function = all.body.function();
      throw pos.error("'%s' must return %s".formatted(function.name(), function.result()));
    }
    cursor.expect(";", "after return");
    return new Stmt.Return(value, pos);
  }

  private Expr result(Function function, Pos pos) {
    Type wanted = function.result();
    if (wanted != VoidType.VOID && cursor.sees("{")) {
      return all.initialisers.brace(wanted);
    }
    Expr value = all.expressions.expression();
    if (wanted == VoidType.VOID) {
      if (value.type() != VoidType.VOID) {
        throw pos.error("'" + function.name() + "' returns nothing");
      }
      return value;
    }
    String what = "the result of '" + function.name() + "'";
    return function.returnsReference()
        ? Pointers.reference(value, (PointerType) wanted, what)
        : Checker.implicit(value, wanted, what);
  }
}
