package dev.axon64.metal.jit;

import dev.axon64.metal.msl.Expr;
import dev.axon64.metal.msl.Op;
import dev.axon64.metal.msl.PointerType;
import dev.axon64.metal.msl.Scalar;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;

/** Jumps on conditions. */
final class ConditionEmitter {
  private final CodeBuilder code;
  private final Emitters all;

  ConditionEmitter(Emitters all) {
    this.all = all;
    this.code = all.frame.code;
  }

  /** Does one of two things, as a condition says; both leave the same on the stack. */
  void choose(Expr test, Runnable yes, Runnable no) {
    Label otherwise = code.newLabel();
    Label end = code.newLabel();
    branch(test, otherwise, false);
    yes.run();
    code.goto_(end);
    code.labelBinding(otherwise);
    no.run();
    code.labelBinding(end);
  }

  /** Pushes a condition as 1 or 0. */
  void truth(Expr e) {
    choose(e, code::iconst_1, code::iconst_0);
  }

  /** Jumps to {@code target} if the condition equals {@code when}, else falls through. */
  void branch(Expr test, Label target, boolean when) {
    switch (test) {
      case Expr.Const c -> {
        if ((c.bits() != 0) == when) {
          code.goto_(target);
        }
      }
      case Expr.Not n -> branch(n.operand(), target, !when);
      case Expr.Logical l -> logical(l, target, when);
      case Expr.Binary b -> compare(b, target, when);
      case Expr.PointerCompare p -> comparePointers(p, target, when);
      case Expr.Convert c -> converted(c, target, when);
      default -> {
        all.scalars.push(test);
        jumpIf(target, when);
      }
    }
  }

  private void compare(Expr.Binary b, Label target, boolean when) {
    all.scalars.push(b.left());
    all.scalars.push(b.right());
    if (b.op().isComparison()) {
      Arithmetic.jump(code, b.op(), b.left().type().scalar(), target, when);
    } else {
      Arithmetic.operate(code, b.op(), b.type().scalar());
      jumpIf(target, when);
    }
  }

  private void converted(Expr.Convert c, Label target, boolean when) {
    if (c.operand().type() instanceof PointerType p) {
      Expr zero = new Expr.Const(p, 0, c.pos());
      comparePointers(new Expr.PointerCompare(Op.NE, c.operand(), zero, c.pos()), target, when);
    } else {
      all.scalars.push(isInt(c.operand()) ? c.operand() : c);
      jumpIf(target, when);
    }
  }

  private static boolean isInt(Expr e) {
    return e.type().isScalar() && e.type().scalar().carrier() == Scalar.Carrier.INT;
  }

  private void jumpIf(Label target, boolean when) {
    if (when) {
      code.ifne(target);
    } else {
      code.ifeq(target);
    }
  }

  private void logical(Expr.Logical l, Label target, boolean when) {
    if (l.and() == when) {
      Label skip = code.newLabel();
      branch(l.left(), skip, !when);
      branch(l.right(), target, when);
      code.labelBinding(skip);
    } else {
      branch(l.left(), target, when);
      branch(l.right(), target, when);
    }
  }

  private void comparePointers(Expr.PointerCompare p, Label target, boolean when) {
    Storage.PointerLocal left = all.pointers.hold(p.left());
    Storage.PointerLocal right = all.pointers.hold(p.right());
    boolean equality = p.op() == Op.EQ || p.op() == Op.NE;
    if (!equality) {
      code.lload(left.offset());
      code.lload(right.offset());
      Arithmetic.jump(code, p.op(), Scalar.LONG, target, when);
      return;
    }
    boolean jumpIfSame = (p.op() == Op.EQ) == when;
    Label different = jumpIfSame ? code.newLabel() : target;
    code.aload(left.base());
    code.aload(right.base());
    code.if_acmpne(different);
    code.lload(left.offset());
    code.lload(right.offset());
    code.lcmp();
    if (jumpIfSame) {
      code.ifeq(target);
      code.labelBinding(different);
    } else {
      code.ifne(target);
    }
  }
}
