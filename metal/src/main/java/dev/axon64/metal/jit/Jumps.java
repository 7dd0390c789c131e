package dev.axon64.metal.jit;

import dev.axon64.metal.msl.Stmt;
import java.util.List;
import java.util.function.Predicate;

/** Which jumps lead out of a statement or into it. */
final class Jumps {
  private Jumps() {}

  /** True for a case label whose switch lies outside. */
  static boolean hasLooseCase(Stmt stmt) {
    return any(stmt, s -> s instanceof Stmt.Case, false, true);
  }

  static boolean hasLooseBreak(Stmt stmt) {
    return any(stmt, s -> s instanceof Stmt.Break, true, true)
        || outlined(stmt, Stmt.Outlined::breaks, true, true);
  }

  static boolean hasLooseContinue(Stmt stmt) {
    return any(stmt, s -> s instanceof Stmt.Continue, true, false)
        || outlined(stmt, Stmt.Outlined::continues, true, false);
  }

  static boolean hasReturn(Stmt stmt) {
    return any(stmt, s -> s instanceof Stmt.Return, false, false)
        || outlined(stmt, Stmt.Outlined::returns, false, false);
  }

  private static boolean outlined(
      Stmt stmt, Predicate<Stmt.Outlined> flag, boolean stopAtLoop, boolean stopAtSwitch) {
    return any(stmt, s -> s instanceof Stmt.Outlined o && flag.test(o), stopAtLoop, stopAtSwitch);
  }

  private static boolean any(
      Stmt stmt, Predicate<Stmt> found, boolean stopAtLoop, boolean stopAtSwitch) {
    if (stmt == null) {
      return false;
    }
    if (found.test(stmt)) {
      return true;
    }
    return switch (stmt) {
      case Stmt.Block b -> anyOf(b.body(), found, stopAtLoop, stopAtSwitch);
      case Stmt.If i ->
          any(i.yes(), found, stopAtLoop, stopAtSwitch)
              || any(i.no(), found, stopAtLoop, stopAtSwitch);
      case Stmt.Loop l -> !stopAtLoop && any(l.body(), found, stopAtLoop, stopAtSwitch);
      case Stmt.Switch s -> !stopAtSwitch && any(s.body(), found, stopAtLoop, stopAtSwitch);
      default -> false;
    };
  }

  private static boolean anyOf(
      List<Stmt> body, Predicate<Stmt> found, boolean stopAtLoop, boolean stopAtSwitch) {
    for (Stmt stmt : body) {
      if (any(stmt, found, stopAtLoop, stopAtSwitch)) {
        return true;
      }
    }
    return false;
  }
}
