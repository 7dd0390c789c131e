package dev.axon64.codegen.isa.syntax;

import java.util.List;

/** A statement as written. */
public sealed interface Statement {
  /** The position of its first token. */
  Position at();

  /** {@code let x = e;} or {@code let (a, b) = e;}. */
  record Let(Position at, List<String> names, Expression value) implements Statement {}

  /** {@code var x = e;}. */
  record Var(Position at, String name, Expression value) implements Statement {}

  /** {@code target = e;}: a name, a slice of a name, or an access. */
  record Assign(Position at, Expression target, Expression value) implements Statement {}

  /** {@code if}; without {@code else} the second block is empty. */
  record If(Position at, Expression condition, List<Statement> yes, List<Statement> no)
      implements Statement {}

  /** {@code for i in from .. to}, both included. */
  record For(Position at, String variable, Expression from, Expression to, List<Statement> body)
      implements Statement {}

  /** {@code branch(target);}. */
  record Branch(Position at, Expression target) implements Statement {}

  /** {@code undefined;}. */
  record Undefined(Position at) implements Statement {}

  /** {@code raise trap(arguments);}. */
  record Raise(Position at, String trap, List<Expression> arguments) implements Statement {}

  /** {@code return e;}. */
  record Return(Position at, Expression value) implements Statement {}

  /** A call that is made for its effect. */
  record Run(Position at, Expression.Call call) implements Statement {}
}
