package dev.axon64.metal.msl;

import java.util.List;

/** Recognises {@code for (int i = A; i < B; i += C)} with constants, whose trips can be counted. */
final class LoopBounds {
  private static final long MOST_BOUND = 1L << 30;

  private LoopBounds() {}

  /** The one integer variable that the head of the loop declares, or null. */
  static Var counter(List<Stmt> head) {
    return head.size() == 1
            && head.get(0) instanceof Stmt.Declare d
            && d.initial() instanceof Expr.Const
            && d.var().type() instanceof Scalar s
            && s.isInteger()
            && s.bits() >= 32
        ? d.var()
        : null;
  }

  /** How often the body runs if nothing else touches the counter; a huge number if unknown. */
  static long trips(List<Stmt> head, Expr test, Expr step) {
    Stmt.Declare declare = (Stmt.Declare) head.get(0);
    long from = ((Expr.Const) declare.initial()).bits();
    if (!(test instanceof Expr.Binary b) || !(b.right() instanceof Expr.Const limit)) {
      return Long.MAX_VALUE;
    }
    long by = step(step, declare.var());
    long to = limit.bits();
    boolean counts =
        (by > 0 && (b.op() == Op.LT || b.op() == Op.LE))
            || (by < 0 && from <= MOST_BOUND && (b.op() == Op.GT || b.op() == Op.GE));
    boolean unsignedDown =
        by < 0 && (b.op() == Op.GE || to < 0) && ((Scalar) declare.var().type()).isUnsigned();
    if (!counts
        || unsignedDown
        || !isCounter(b.left(), declare.var())
        || ((Scalar) b.right().type()).isFloat()
        || Math.abs(from) > MOST_BOUND
        || Math.abs(to) > MOST_BOUND
        || Math.abs(by) > MOST_BOUND) {
      return Long.MAX_VALUE;
    }
    if (from < 0 && ((Scalar) b.left().type()).isUnsigned()) {
      return Long.MAX_VALUE;
    }
    return Math.max(0, by > 0 ? (to - from) / by + 1 : (from - to) / -by + 1);
  }

  private static long step(Expr step, Var counter) {
    if (step instanceof Expr.Step s && isCounter(s.place(), counter)) {
      return s.step();
    }
    if (step instanceof Expr.Compound c
        && isCounter(c.place(), counter)
        && c.value() instanceof Expr.Const by
        && by.type() instanceof Scalar s
        && s.isInteger()) {
      return c.op() == Op.ADD ? by.bits() : c.op() == Op.SUB ? -by.bits() : 0;
    }
    return 0;
  }

  private static boolean isCounter(Expr e, Var counter) {
    Expr inner = e instanceof Expr.Convert c && ((Scalar) c.type()).bits() >= 32 ? c.operand() : e;
    return inner instanceof Expr.VarRef v && v.var() == counter;
  }
}
