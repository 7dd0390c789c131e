package dev.axon64.metal.jit;

import dev.axon64.metal.msl.Expr;
import dev.axon64.metal.msl.PointerType;
import dev.axon64.metal.msl.StructType;
import dev.axon64.metal.msl.VectorType;
import java.lang.classfile.CodeBuilder;
import java.util.ArrayList;
import java.util.List;

/** Calls functions of the shader. */
final class CallEmitter {
  private final FunctionFrame frame;
  private final CodeBuilder code;
  private final Emitters all;

  CallEmitter(Emitters all) {
    this.all = all;
    this.frame = all.frame;
    this.code = all.frame.code;
  }

  /** Calls a function whose vector or struct result goes to the frame; gives the offset. */
  int intoFrame(Expr.Call call) {
    int offset = frame.allocate(call.type(), call.pos());
    invoke(call, offset);
    return offset;
  }

  /** Calls a function; {@code resultOffset} is where a result in memory goes. */
  void invoke(Expr.Call call, int resultOffset) {
    List<int[]> vectors = new ArrayList<>();
    for (Expr argument : call.arguments()) {
      // Copied: a later argument may change the variable that the slots belong to.
      vectors.add(argument.type() instanceof VectorType v ? held(argument, v) : null);
    }
    frame.context();
    for (int i = 0; i < call.arguments().size(); i++) {
      argument(call.arguments().get(i), vectors.get(i));
    }
    if (Jvm.inMemory(call.type())) {
      code.loadConstant((long) resultOffset);
    }
    code.invokestatic(
        frame.layout.owner(),
        frame.layout.methodName(call.function()),
        Jvm.signature(call.function()));
  }

  private int[] held(Expr argument, VectorType type) {
    int[] slots = all.vectors.slots(argument);
    if (!(argument instanceof Expr.VarRef) && !(argument instanceof Expr.Swizzle)) {
      return slots;
    }
    int[] copy = all.vectors.fresh(type);
    all.vectors.copy(type, slots, copy);
    return copy;
  }

  private void argument(Expr argument, int[] vector) {
    switch (argument.type()) {
      case VectorType v -> {
        for (int slot : vector) {
          all.vectors.load(v.element(), slot);
        }
      }
      case PointerType p -> all.pointers.push(argument);
      case StructType s -> all.writer.structAddress(argument);
      default -> all.scalars.push(argument);
    }
  }
}
