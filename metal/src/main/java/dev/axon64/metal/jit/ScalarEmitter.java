package dev.axon64.metal.jit;

import dev.axon64.metal.msl.Expr;
import dev.axon64.metal.msl.Op;
import dev.axon64.metal.msl.PointerType;
import dev.axon64.metal.msl.Scalar;
import dev.axon64.metal.msl.Type;
import dev.axon64.metal.msl.VoidType;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;

/** Pushes scalar values and jumps on conditions. */
final class ScalarEmitter {
  private final FunctionFrame frame;
  private final CodeBuilder code;
  private Emitters all;

  ScalarEmitter(FunctionFrame frame) {
    this.frame = frame;
    this.code = frame.code;
  }

  void connect(Emitters emitters) {
    all = emitters;
  }

  void constant(Scalar type, long bits) {
    switch (type.carrier()) {
      case INT -> code.loadConstant((int) bits);
      case LONG -> code.loadConstant(bits);
      case FLOAT -> {
        float value = Float.intBitsToFloat((int) bits);
        if (value != value) {
          // The class file may not keep the payload of a NaN.
          code.loadConstant((int) bits);
          code.invokestatic(
              java.lang.constant.ConstantDescs.CD_Float,
              "intBitsToFloat",
              Jvm.method(Jvm.FLOAT, Jvm.INT));
        } else {
          code.loadConstant(value);
        }
      }
    }
  }

  void convert(Scalar from, Scalar to) {
    Arithmetic.convert(code, from, to);
  }

  /** Pushes the value of a scalar expression. */
  void push(Expr e) {
    switch (e) {
      case Expr.Const c -> constant(c.type().scalar(), c.bits());
      case Expr.VarRef v -> variable(v);
      case Expr.Swizzle s -> component(s);
      case Expr.Negate n -> negate(n);
      case Expr.BitNot n -> bitNot(n);
      case Expr.Binary b -> binary(b);
      case Expr.Not n -> {
        push(n.operand());
        code.iconst_1();
        code.ixor();
      }
      case Expr.Logical l -> truth(l);
      case Expr.PointerCompare p -> truth(p);
      case Expr.Cond c -> cond(c);
      case Expr.Convert c -> conversion(c);
      case Expr.Bitcast b -> bitcast(b);
      case Expr.Comma c -> {
        all.statements().evaluate(c.first());
        push(c.second());
      }
      case Expr.Call c -> all.calls().invoke(c, -1);
      case Expr.BuiltinCall b -> all.calls().builtin(b);
      case Expr.PointerDifference d -> difference(d);
      case Expr.Assign a -> all.assignments().pushScalar(a);
      case Expr.Compound c -> all.assignments().pushScalar(c);
      case Expr.Step s -> all.assignments().pushScalar(s);
      default -> place(e);
    }
  }

  private void place(Expr e) {
    all.places().load(e.type().scalar(), all.places().address(e, 0));
  }

  private void variable(Expr.VarRef v) {
    if (frame.storage(v.var()) instanceof Storage.Local local) {
      code.loadLocal(Jvm.kind(v.type().scalar()), local.slot());
    } else {
      place(v);
    }
  }

  private void component(Expr.Swizzle s) {
    if (inMemory(s.vector())) {
      place(s);
      return;
    }
    int[] slots = all.vectors().slots(s.vector());
    code.loadLocal(Jvm.kind(s.type().scalar()), slots[s.components().get(0)]);
  }

  private void binary(Expr.Binary b) {
    if (b.op().isComparison()) {
      truth(b);
      return;
    }
    push(b.left());
    push(b.right());
    Arithmetic.operate(code, b.op(), b.type().scalar());
  }

  private boolean inMemory(Expr vector) {
    return switch (vector) {
      case Expr.VarRef v -> !all.places().isRegister(v);
      case Expr.Deref d -> true;
      case Expr.Index i -> true;
      case Expr.Member m -> true;
      default -> false;
    };
  }

  private void negate(Expr.Negate n) {
    push(n.operand());
    Scalar type = n.type().scalar();
    switch (type.carrier()) {
      case INT -> code.ineg();
      case LONG -> code.lneg();
      case FLOAT -> code.fneg();
    }
    Arithmetic.wrap(code, type == Scalar.HALF || type == Scalar.BFLOAT ? Scalar.FLOAT : type);
  }

  private void bitNot(Expr.BitNot n) {
    push(n.operand());
    if (n.type().scalar().carrier() == Scalar.Carrier.LONG) {
      code.loadConstant(-1L);
      code.lxor();
    } else {
      code.iconst_m1();
      code.ixor();
      Arithmetic.wrap(code, n.type().scalar());
    }
  }

  private void truth(Expr e) {
    Label no = code.newLabel();
    Label end = code.newLabel();
    branch(e, no, false);
    code.iconst_1();
    code.goto_(end);
    code.labelBinding(no);
    code.iconst_0();
    code.labelBinding(end);
  }

  private void cond(Expr.Cond c) {
    Label no = code.newLabel();
    Label end = code.newLabel();
    branch(c.test(), no, false);
    push(c.yes());
    code.goto_(end);
    code.labelBinding(no);
    push(c.no());
    code.labelBinding(end);
  }

  private void conversion(Expr.Convert c) {
    Type from = c.operand().type();
    if (c.type() == VoidType.VOID) {
      all.statements().evaluate(c.operand());
    } else if (from instanceof PointerType) {
      if (c.type() == Scalar.BOOL) {
        truth(c);
      } else {
        all.places().encode(c.operand());
        convert(Scalar.ULONG, c.type().scalar());
      }
    } else {
      push(c.operand());
      convert(from.scalar(), c.type().scalar());
    }
  }

  private void bitcast(Expr.Bitcast b) {
    if (!b.operand().type().isScalar()) {
      all.vectors().throughMemory(b);
      return;
    }
    push(b.operand());
    reinterpret(b.operand().type().scalar(), b.type().scalar());
  }

  /** Reads the bits of the scalar on the stack as another of the same size. */
  void reinterpret(Scalar from, Scalar to) {
    if (from == to) {
      return;
    }
    if (from.isFloat()) {
      toBits(from);
      if (to.isInteger()) {
        Arithmetic.wrap(code, to);
        return;
      }
    }
    if (to.isFloat()) {
      fromBits(to);
    } else if (from.carrier() == Scalar.Carrier.INT) {
      Arithmetic.wrap(code, to);
    }
  }

  private void toBits(Scalar from) {
    var box = java.lang.constant.ConstantDescs.CD_Float;
    if (from == Scalar.HALF) {
      var half = Jvm.method(java.lang.constant.ConstantDescs.CD_short, Jvm.FLOAT);
      code.invokestatic(box, "floatToFloat16", half);
      return;
    }
    code.invokestatic(box, "floatToRawIntBits", Jvm.method(Jvm.INT, Jvm.FLOAT));
    if (from == Scalar.BFLOAT) {
      code.bipush(16);
      code.ishr();
    }
  }

  private void fromBits(Scalar to) {
    var box = java.lang.constant.ConstantDescs.CD_Float;
    if (to == Scalar.HALF) {
      code.i2s();
      var half = Jvm.method(Jvm.FLOAT, java.lang.constant.ConstantDescs.CD_short);
      code.invokestatic(box, "float16ToFloat", half);
      return;
    }
    if (to == Scalar.BFLOAT) {
      code.bipush(16);
      code.ishl();
    }
    code.invokestatic(box, "intBitsToFloat", Jvm.method(Jvm.FLOAT, Jvm.INT));
  }

  private void difference(Expr.PointerDifference d) {
    offsetOf(d.left());
    offsetOf(d.right());
    code.lsub();
    if (d.elementSize() != 1) {
      code.loadConstant(d.elementSize());
      code.ldiv();
    }
  }

  private void offsetOf(Expr pointer) {
    all.places().pointer(pointer);
    dropBase();
  }

  /** Leaves the offset of the pointer on the stack. */
  private void dropBase() {
    int offset = code.allocateLocal(TypeKind.LONG);
    code.lstore(offset);
    code.pop();
    code.lload(offset);
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
        push(test);
        jumpIf(target, when);
      }
    }
  }

  private void compare(Expr.Binary b, Label target, boolean when) {
    push(b.left());
    push(b.right());
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
      push(isInt(c.operand()) ? c.operand() : c);
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
    Storage.PointerLocal left = hold(p.left());
    Storage.PointerLocal right = hold(p.right());
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

  private Storage.PointerLocal hold(Expr pointer) {
    Storage.PointerLocal local = frame.pointerLocal();
    all.places().pointer(pointer);
    code.lstore(local.offset());
    code.astore(local.base());
    return local;
  }
}
