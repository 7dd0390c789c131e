package dev.axon64.metal.jit;

import dev.axon64.metal.msl.Expr;
import dev.axon64.metal.msl.PointerType;
import dev.axon64.metal.msl.Scalar;
import dev.axon64.metal.msl.StructType;
import dev.axon64.metal.msl.VectorType;
import dev.axon64.metal.msl.VoidType;
import java.lang.classfile.CodeBuilder;

/** Evaluates expressions whose value is not used. */
final class EffectEmitter {
  private final CodeBuilder code;
  private final Emitters all;

  EffectEmitter(Emitters all) {
    this.all = all;
    this.code = all.frame.code;
  }

  /** Evaluates an expression and leaves nothing on the stack. */
  void evaluate(Expr e) {
    switch (e) {
      case Expr.Assign a -> all.assignments.emit(a);
      case Expr.Compound c -> all.assignments.emit(c);
      case Expr.Step s -> all.assignments.emit(s);
      case Expr.Comma c -> {
        evaluate(c.first());
        evaluate(c.second());
      }
      case Expr.Call c -> call(c);
      default -> {
        if (e.type() == VoidType.VOID) {
          nothing(e);
        } else {
          discard(e);
        }
      }
    }
  }

  /** Evaluates an expression of type void. */
  private void nothing(Expr e) {
    switch (e) {
      case Expr.Convert c -> evaluate(c.operand());
      case Expr.BuiltinCall b -> all.builtins.push(b);
      case Expr.Cond c ->
          all.conditions.choose(c.test(), () -> evaluate(c.yes()), () -> evaluate(c.no()));
      default -> {}
    }
  }

  private void discard(Expr e) {
    switch (e.type()) {
      case VectorType v -> all.vectors.slots(e);
      case PointerType p -> {
        all.pointers.push(e);
        code.pop2();
        code.pop();
      }
      case StructType s -> {
        all.writer.structAddress(e);
        code.pop2();
        code.pop();
      }
      default -> {
        if (e.type().isScalar()) {
          all.scalars.push(e);
          drop(e.type().scalar());
        }
      }
    }
  }

  /** Drops a scalar from the stack. */
  void drop(Scalar type) {
    if (type.carrier() == Scalar.Carrier.LONG) {
      code.pop2();
    } else {
      code.pop();
    }
  }

  private void call(Expr.Call c) {
    if (Jvm.inMemory(c.type())) {
      all.calls.intoFrame(c);
      return;
    }
    all.calls.invoke(c, -1);
    if (c.type() instanceof PointerType) {
      code.pop2();
    } else if (c.type() != VoidType.VOID) {
      drop(c.type().scalar());
    }
  }
}
