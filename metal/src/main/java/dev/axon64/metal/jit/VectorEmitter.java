package dev.axon64.metal.jit;

import dev.axon64.metal.msl.Expr;
import dev.axon64.metal.msl.Op;
import dev.axon64.metal.msl.Scalar;
import dev.axon64.metal.msl.Type;
import dev.axon64.metal.msl.VectorType;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;

/** Evaluates vectors, one JVM local for each component. */
final class VectorEmitter {
  private final FunctionFrame frame;
  private final CodeBuilder code;
  private final Emitters all;

  VectorEmitter(Emitters all) {
    this.all = all;
    this.frame = all.frame;
    this.code = all.frame.code;
  }

  int[] fresh(VectorType type) {
    int[] slots = new int[type.count()];
    for (int i = 0; i < slots.length; i++) {
      slots[i] = frame.local(type.element());
    }
    return slots;
  }

  void load(Scalar element, int slot) {
    code.loadLocal(Jvm.kind(element), slot);
  }

  private int[] load(Expr.Call call, int offset) {
    VectorType type = (VectorType) call.type();
    int[] slots = fresh(type);
    load(frame.place(offset), type, slots);
    return slots;
  }

  private int[] load(Expr place, VectorType type) {
    int[] slots = fresh(type);
    load(all.places.target(place), type, slots);
    return slots;
  }

  private void load(Target target, VectorType type, int[] slots) {
    for (int i = 0; i < slots.length; i++) {
      TypeKind kind = all.places.push(target.plus(i * type.element().size()));
      all.places.load(type.element(), kind);
      store(type.element(), slots[i]);
    }
  }

  void store(Scalar element, int slot) {
    code.storeLocal(Jvm.kind(element), slot);
  }

  /** Evaluates a vector; the slots may be those of a variable, so use them at once. */
  int[] slots(Expr e) {
    return switch (e) {
      case Expr.VarRef v ->
          frame.storage(v.var()) instanceof Storage.VectorLocal local
              ? local.slots()
              : load(e, (VectorType) e.type());
      case Expr.Swizzle s -> swizzle(s);
      case Expr.Construct c -> construct(c);
      case Expr.Binary b -> binary(b);
      case Expr.Negate n ->
          eachOf(n.operand(), (VectorType) n.type(), s -> Arithmetic.negate(code, s));
      case Expr.BitNot n ->
          eachOf(n.operand(), (VectorType) n.type(), s -> Arithmetic.complement(code, s));
      case Expr.Not n ->
          eachOf(
              n.operand(),
              (VectorType) n.type(),
              s -> {
                code.iconst_1();
                code.ixor();
              });
      case Expr.Convert c -> convert(c);
      case Expr.Bitcast b -> bitcast(b);
      case Expr.Cond c -> cond(c);
      case Expr.Comma c -> {
        all.effects.evaluate(c.first());
        yield slots(c.second());
      }
      case Expr.Call c -> load(c, all.calls.intoFrame(c));
      case Expr.BuiltinCall b -> all.builtins.slots(b);
      case Expr.Assign a -> {
        all.assignments.emit(a);
        yield slots(a.place());
      }
      case Expr.Compound c -> {
        all.assignments.emit(c);
        yield slots(c.place());
      }
      default -> load(e, (VectorType) e.type());
    };
  }

  private int[] swizzle(Expr.Swizzle s) {
    int[] from = slots(s.vector());
    int[] picked = new int[s.components().size()];
    for (int i = 0; i < picked.length; i++) {
      picked[i] = from[s.components().get(i)];
    }
    return picked;
  }

  private int[] construct(Expr.Construct c) {
    VectorType type = c.type();
    Scalar element = type.element();
    int[] slots = fresh(type);
    if (c.parts().size() == 1) {
      all.scalars.push(c.parts().get(0));
      store(element, slots[0]);
      for (int i = 1; i < slots.length; i++) {
        load(element, slots[0]);
        store(element, slots[i]);
      }
      return slots;
    }
    int at = 0;
    for (Expr part : c.parts()) {
      if (part.type().isScalar()) {
        all.scalars.push(part);
        store(element, slots[at++]);
      } else {
        for (int slot : slots(part)) {
          load(element, slot);
          store(element, slots[at++]);
        }
      }
    }
    return slots;
  }

  private int[] binary(Expr.Binary b) {
    int[] left = slots(b.left());
    int[] right = slots(b.right());
    Scalar operand = ((VectorType) b.left().type()).element();
    Scalar count = ((VectorType) b.right().type()).element();
    VectorType result = (VectorType) b.type();
    int[] slots = fresh(result);
    for (int i = 0; i < slots.length; i++) {
      load(operand, left[i]);
      load(count, right[i]);
      if (b.op().isComparison()) {
        truth(b.op(), operand);
      } else {
        Arithmetic.operate(code, b.op(), operand);
      }
      store(result.element(), slots[i]);
    }
    return slots;
  }

  private void truth(Op op, Scalar operand) {
    Label yes = code.newLabel();
    Label end = code.newLabel();
    Arithmetic.jump(code, op, operand, yes, true);
    code.iconst_0();
    code.goto_(end);
    code.labelBinding(yes);
    code.iconst_1();
    code.labelBinding(end);
  }

  private interface OnStack {
    void apply(Scalar element);
  }

  private int[] eachOf(Expr operand, VectorType result, OnStack change) {
    Scalar from = ((VectorType) operand.type()).element();
    int[] in = slots(operand);
    int[] out = fresh(result);
    for (int i = 0; i < out.length; i++) {
      load(from, in[i]);
      change.apply(from);
      store(result.element(), out[i]);
    }
    return out;
  }

  private int[] convert(Expr.Convert c) {
    VectorType to = (VectorType) c.type();
    Scalar from = ((VectorType) c.operand().type()).element();
    if (from == to.element()) {
      return slots(c.operand());
    }
    return eachOf(c.operand(), to, s -> Arithmetic.convert(code, s, to.element()));
  }

  private int[] bitcast(Expr.Bitcast b) {
    VectorType to = (VectorType) b.type();
    if (b.operand().type() instanceof VectorType from && from.count() == to.count()) {
      return eachOf(b.operand(), to, s -> Bitcasts.apply(code, s, to.element()));
    }
    int[] slots = fresh(to);
    load(frame.place(spill(b)), to, slots);
    return slots;
  }

  /** A vector read as a scalar of the same size; pushes it. */
  void throughMemory(Expr.Bitcast b) {
    int offset = spill(b);
    frame.memory();
    code.loadConstant(offset);
    all.places.load(b.type().scalar(), TypeKind.INT);
  }

  private int spill(Expr.Bitcast b) {
    Type from = b.operand().type();
    int offset = frame.allocate(from, b.pos());
    all.writer.write(frame.place(offset), from, b.operand());
    return offset;
  }

  private int[] cond(Expr.Cond c) {
    VectorType type = (VectorType) c.type();
    int[] out = fresh(type);
    all.conditions.choose(
        c.test(), () -> copy(type, slots(c.yes()), out), () -> copy(type, slots(c.no()), out));
    return out;
  }

  /** Copies all components by way of the stack, so that the slots may overlap. */
  void copy(VectorType type, int[] from, int[] to) {
    for (int slot : from) {
      load(type.element(), slot);
    }
    for (int i = to.length - 1; i >= 0; i--) {
      store(type.element(), to[i]);
    }
  }
}
