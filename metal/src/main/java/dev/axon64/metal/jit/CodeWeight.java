package dev.axon64.metal.jit;

import dev.axon64.metal.msl.Expr;
import dev.axon64.metal.msl.Stmt;
import dev.axon64.metal.msl.VectorType;
import java.util.List;

/** Estimates how many bytes of bytecode a tree becomes when its variables live in memory. */
final class CodeWeight {
  private static final int NODE_BYTES = 7;
  private static final int CALL_BYTES = 10;

  private CodeWeight() {}

  static long of(Stmt stmt) {
    if (stmt == null) {
      return 0;
    }
    return switch (stmt) {
      case Stmt.Block b -> b.body().stream().mapToLong(CodeWeight::of).sum();
      case Stmt.Outlined o -> 40;
      case Stmt.Declare d -> NODE_BYTES + of(d.initial());
      case Stmt.Evaluate e -> of(e.expr());
      case Stmt.If i -> 6 + of(i.test()) + of(i.yes()) + of(i.no());
      case Stmt.Loop l -> 20 + of(l.test()) + of(l.step()) + of(l.body());
      case Stmt.Switch s -> 12 + of(s.value()) + of(s.body()) + 8L * s.cases().size();
      case Stmt.Return r -> NODE_BYTES + of(r.value());
      case Stmt.Case c -> 0;
      case Stmt.Break b -> 3;
      case Stmt.Continue c -> 3;
    };
  }

  static long of(Expr e) {
    if (e == null) {
      return 0;
    }
    long own = NODE_BYTES * (e.type() instanceof VectorType v ? v.count() * 2L : 1L);
    return own
        + switch (e) {
          case Expr.Const c -> 0;
          case Expr.VarRef v -> 0;
          case Expr.Deref d -> of(d.pointer());
          case Expr.Index i -> of(i.array()) + of(i.index());
          case Expr.Member m -> of(m.struct());
          case Expr.Swizzle s -> of(s.vector());
          case Expr.VectorIndex v -> of(v.vector()) + of(v.index());
          case Expr.AddressOf a -> of(a.place());
          case Expr.Temporary t -> of(t.value());
          case Expr.Negate n -> of(n.operand());
          case Expr.BitNot n -> of(n.operand());
          case Expr.Not n -> of(n.operand());
          case Expr.Binary b -> of(b.left()) + of(b.right());
          case Expr.Logical l -> of(l.left()) + of(l.right());
          case Expr.Cond c -> of(c.test()) + of(c.yes()) + of(c.no());
          case Expr.Assign a -> NODE_BYTES + of(a.place()) + of(a.value());
          case Expr.Compound c -> 2 * NODE_BYTES + 2 * of(c.place()) + of(c.value());
          case Expr.Step s -> NODE_BYTES + 2 * of(s.place());
          case Expr.Convert c -> of(c.operand());
          case Expr.Bitcast b -> of(b.operand());
          case Expr.Comma c -> of(c.first()) + of(c.second());
          case Expr.Call c -> CALL_BYTES + all(c.arguments());
          case Expr.BuiltinCall b -> CALL_BYTES + all(b.arguments());
          case Expr.Construct c -> all(c.parts());
          case Expr.Aggregate a -> CALL_BYTES + all(a.parts());
          case Expr.PointerAdd p -> of(p.pointer()) + of(p.count());
          case Expr.PointerDifference d -> of(d.left()) + of(d.right());
          case Expr.PointerCompare c -> 4 * NODE_BYTES + of(c.left()) + of(c.right());
        };
  }

  private static long all(List<Expr> list) {
    return list.stream().mapToLong(CodeWeight::of).sum();
  }
}
