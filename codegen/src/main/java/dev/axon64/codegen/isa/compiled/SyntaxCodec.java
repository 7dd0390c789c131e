package dev.axon64.codegen.isa.compiled;

import dev.axon64.codegen.isa.syntax.Declaration;
import dev.axon64.codegen.isa.syntax.Expression;
import dev.axon64.codegen.isa.syntax.Position;
import dev.axon64.codegen.isa.syntax.Statement;

/** Writes and reads expressions, statements and result types as a spec has them. */
final class SyntaxCodec {
  private static final ExpressionTag[] EXPRESSIONS = ExpressionTag.values();
  private static final StatementTag[] STATEMENTS = StatementTag.values();
  private static final ResultTag[] RESULTS = ResultTag.values();

  private SyntaxCodec() {}

  private enum ExpressionTag {
    NUMBER,
    NAME,
    UNARY,
    BINARY,
    CHOICE,
    SLICE,
    ACCESS,
    CALL,
    TUPLE
  }

  private enum StatementTag {
    LET,
    VAR,
    ASSIGN,
    IF,
    FOR,
    BRANCH,
    UNDEFINED,
    RAISE,
    RETURN,
    RUN
  }

  private enum ResultTag {
    NUMBER,
    BITS,
    SEVERAL
  }

  static void write(Output out, Position at) {
    out.text(at.file());
    out.number(at.line());
    out.number(at.column());
  }

  static Position position(Input in) {
    return new Position(in.text(), in.small(), in.small());
  }

  private static void begin(Output out, Enum<?> tag, Position at) {
    out.tag(tag);
    write(out, at);
  }

  static void write(Output out, Expression expression) {
    switch (expression) {
      case Expression.Number e -> {
        begin(out, ExpressionTag.NUMBER, e.at());
        out.number(e.value());
      }
      case Expression.Name e -> {
        begin(out, ExpressionTag.NAME, e.at());
        out.text(e.text());
      }
      case Expression.Unary e -> {
        begin(out, ExpressionTag.UNARY, e.at());
        out.text(e.operator());
        write(out, e.operand());
      }
      case Expression.Binary e -> {
        begin(out, ExpressionTag.BINARY, e.at());
        out.text(e.operator());
        write(out, e.left());
        write(out, e.right());
      }
      case Expression.Choice e -> {
        begin(out, ExpressionTag.CHOICE, e.at());
        write(out, e.condition());
        write(out, e.yes());
        write(out, e.no());
      }
      case Expression.Slice e -> {
        begin(out, ExpressionTag.SLICE, e.at());
        write(out, e.base());
        write(out, e.high());
        write(out, e.low());
      }
      case Expression.Access e -> {
        begin(out, ExpressionTag.ACCESS, e.at());
        out.text(e.file());
        out.list(e.arguments(), SyntaxCodec::write);
      }
      case Expression.Call e -> {
        begin(out, ExpressionTag.CALL, e.at());
        out.text(e.function());
        out.list(e.arguments(), SyntaxCodec::write);
      }
      case Expression.Tuple e -> {
        begin(out, ExpressionTag.TUPLE, e.at());
        out.list(e.parts(), SyntaxCodec::write);
      }
    }
  }

  static Expression expression(Input in) {
    ExpressionTag tag = EXPRESSIONS[in.small()];
    Position at = position(in);
    return switch (tag) {
      case NUMBER -> new Expression.Number(at, in.number());
      case NAME -> new Expression.Name(at, in.text());
      case UNARY -> new Expression.Unary(at, in.text(), expression(in));
      case BINARY -> new Expression.Binary(at, in.text(), expression(in), expression(in));
      case CHOICE -> new Expression.Choice(at, expression(in), expression(in), expression(in));
      case SLICE -> new Expression.Slice(at, expression(in), expression(in), expression(in));
      case ACCESS -> new Expression.Access(at, in.text(), in.list(SyntaxCodec::expression));
      case CALL -> new Expression.Call(at, in.text(), in.list(SyntaxCodec::expression));
      case TUPLE -> new Expression.Tuple(at, in.list(SyntaxCodec::expression));
    };
  }

  static void write(Output out, Statement statement) {
    switch (statement) {
      case Statement.Let s -> {
        begin(out, StatementTag.LET, s.at());
        out.list(s.names(), Output::text);
        write(out, s.value());
      }
      case Statement.Var s -> {
        begin(out, StatementTag.VAR, s.at());
        out.text(s.name());
        write(out, s.value());
      }
      case Statement.Assign s -> {
        begin(out, StatementTag.ASSIGN, s.at());
        write(out, s.target());
        write(out, s.value());
      }
      case Statement.If s -> {
        begin(out, StatementTag.IF, s.at());
        write(out, s.condition());
        out.list(s.yes(), SyntaxCodec::write);
        out.list(s.no(), SyntaxCodec::write);
      }
      case Statement.For s -> {
        begin(out, StatementTag.FOR, s.at());
        out.text(s.variable());
        write(out, s.from());
        write(out, s.to());
        out.list(s.body(), SyntaxCodec::write);
      }
      case Statement.Branch s -> {
        begin(out, StatementTag.BRANCH, s.at());
        write(out, s.target());
      }
      case Statement.Undefined s -> begin(out, StatementTag.UNDEFINED, s.at());
      case Statement.Raise s -> {
        begin(out, StatementTag.RAISE, s.at());
        out.text(s.trap());
        out.list(s.arguments(), SyntaxCodec::write);
      }
      case Statement.Return s -> {
        begin(out, StatementTag.RETURN, s.at());
        write(out, s.value());
      }
      case Statement.Run s -> {
        begin(out, StatementTag.RUN, s.at());
        write(out, s.call());
      }
    }
  }

  static Statement statement(Input in) {
    StatementTag tag = STATEMENTS[in.small()];
    Position at = position(in);
    return switch (tag) {
      case LET -> new Statement.Let(at, in.list(Input::text), expression(in));
      case VAR -> new Statement.Var(at, in.text(), expression(in));
      case ASSIGN -> new Statement.Assign(at, expression(in), expression(in));
      case IF ->
          new Statement.If(
              at, expression(in), in.list(SyntaxCodec::statement), in.list(SyntaxCodec::statement));
      case FOR ->
          new Statement.For(
              at, in.text(), expression(in), expression(in), in.list(SyntaxCodec::statement));
      case BRANCH -> new Statement.Branch(at, expression(in));
      case UNDEFINED -> new Statement.Undefined(at);
      case RAISE -> new Statement.Raise(at, in.text(), in.list(SyntaxCodec::expression));
      case RETURN -> new Statement.Return(at, expression(in));
      case RUN -> new Statement.Run(at, (Expression.Call) expression(in));
    };
  }

  static void write(Output out, Declaration.Result result) {
    switch (result) {
      case Declaration.Result.Number r -> out.tag(ResultTag.NUMBER);
      case Declaration.Result.Bits r -> {
        out.tag(ResultTag.BITS);
        write(out, r.width());
      }
      case Declaration.Result.Several r -> {
        out.tag(ResultTag.SEVERAL);
        out.list(r.parts(), SyntaxCodec::write);
      }
    }
  }

  static Declaration.Result result(Input in) {
    return switch (RESULTS[in.small()]) {
      case NUMBER -> new Declaration.Result.Number();
      case BITS -> new Declaration.Result.Bits(expression(in));
      case SEVERAL -> new Declaration.Result.Several(in.list(SyntaxCodec::result));
    };
  }
}
