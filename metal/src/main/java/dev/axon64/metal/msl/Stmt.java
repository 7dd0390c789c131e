package dev.axon64.metal.msl;

import java.util.List;

/** A typed statement. */
public sealed interface Stmt {
  Pos pos();

  record Block(List<Stmt> body, Pos pos) implements Stmt {}

  /** A declaration of a variable, which is zero without an initialiser. */
  record Declare(Var var, Expr initial, Pos pos) implements Stmt {}

  record Evaluate(Expr expr, Pos pos) implements Stmt {}

  record If(Expr test, Stmt yes, Stmt no, Pos pos) implements Stmt {}

  /**
   * A loop.
   *
   * @param test null for none
   * @param step null for none
   * @param testFirst false for {@code do}
   * @param bounded true if it provably ends soon, so that it need not be watched
   */
  record Loop(Expr test, Stmt body, Expr step, boolean testFirst, boolean bounded, Pos pos)
      implements Stmt {}

  /** A switch. Its body is one block in which {@link Case} labels stand. */
  record Switch(Expr value, Stmt body, List<Case> cases, Pos pos) implements Stmt {}

  /** A label of a switch; {@code isDefault} or the value to match. */
  record Case(boolean isDefault, long value, Pos pos) implements Stmt {}

  record Break(Pos pos) implements Stmt {}

  record Continue(Pos pos) implements Stmt {}

  /** A return; {@code value} is null for none. */
  record Return(Expr value, Pos pos) implements Stmt {}

  /**
   * Statements that code generation moved to a method of their own, since their function is too
   * large for one. The flags say which jumps lead out of them.
   */
  record Outlined(List<Stmt> body, boolean breaks, boolean continues, boolean returns, Pos pos)
      implements Stmt {}
}
