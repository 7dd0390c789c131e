package dev.axon64.metal.jit;

import dev.axon64.metal.msl.AtomicType;
import dev.axon64.metal.msl.Builtin;
import dev.axon64.metal.msl.Expr;
import dev.axon64.metal.msl.Op;
import dev.axon64.metal.msl.PointerType;
import dev.axon64.metal.msl.Scalar;
import dev.axon64.metal.msl.Type;
import dev.axon64.metal.msl.VectorType;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.ClassDesc;
import java.util.ArrayList;
import java.util.List;

/** Calls functions of the library. */
final class BuiltinEmitter {
  private final FunctionFrame frame;
  private final CodeBuilder code;
  private final Emitters all;

  BuiltinEmitter(Emitters all) {
    this.all = all;
    this.frame = all.frame;
    this.code = all.frame.code;
  }

  /** Pushes the scalar result of a library call, or performs one without result. */
  void push(Expr.BuiltinCall call) {
    List<Expr> arguments = call.arguments();
    switch (call.builtin().shape()) {
      case BARRIER -> context("barrier");
      case SIMD_BARRIER -> context("simdBarrier");
      case FENCE -> {}
      case SELECT -> select(call);
      case ANY, ALL -> anyAll(call);
      case DOT -> dot(arguments.get(0), arguments.get(1));
      case LENGTH_SQUARED -> dot(arguments.get(0), arguments.get(0));
      case LENGTH -> length(arguments.get(0));
      case DISTANCE -> {
        Expr difference =
            new Expr.Binary(
                Op.SUB, arguments.get(0), arguments.get(1), arguments.get(0).type(), call.pos());
        length(difference);
      }
      case ATOMIC_LOAD, ATOMIC_STORE, ATOMIC_UPDATE, ATOMIC_COMPARE_EXCHANGE -> atomic(call);
      default -> {
        for (Expr argument : arguments) {
          all.scalars.push(argument);
        }
        apply(call, arguments);
      }
    }
  }

  private void context(String name) {
    frame.context();
    code.invokevirtual(Jvm.CONTEXT, name, Jvm.method(Jvm.VOID));
  }

  /** Calls the method for one component, whose operands are on the stack; narrows its result. */
  private void apply(Expr.BuiltinCall call, List<Expr> arguments) {
    Builtin builtin = call.builtin();
    Scalar operand = element(arguments.get(0).type());
    Scalar result = element(call.type());
    List<ClassDesc> parameters = new ArrayList<>();
    for (Expr argument : arguments) {
      parameters.add(Jvm.carrier(element(argument.type())));
    }
    if (builtin.takesWidth() && operand.carrier() == Scalar.Carrier.INT) {
      code.loadConstant(operand.bits());
      parameters.add(Jvm.INT);
    }
    boolean unsigned = builtin.hasUnsignedForm() && operand.isUnsigned();
    code.invokestatic(
        Jvm.functions(operand),
        builtin.method() + (unsigned ? "U" : ""),
        Jvm.method(Jvm.carrier(result), parameters.toArray(ClassDesc[]::new)));
    if (result != Scalar.BOOL) {
      Arithmetic.wrap(code, result);
    }
  }

  private static Scalar element(Type type) {
    return type instanceof VectorType v ? v.element() : type.scalar();
  }

  /** The components of a library call's result. */
  int[] slots(Expr.BuiltinCall call) {
    return switch (call.builtin().shape()) {
      case SELECT -> vectorSelect(call);
      case CROSS -> cross(call);
      case NORMALIZE -> normalize(call);
      default -> componentwise(call);
    };
  }

  private int[] componentwise(Expr.BuiltinCall call) {
    VectorType type = (VectorType) call.type();
    List<int[]> operands = operands(call);
    int[] out = all.vectors.fresh(type);
    for (int i = 0; i < out.length; i++) {
      for (int j = 0; j < operands.size(); j++) {
        all.vectors.load(element(call.arguments().get(j).type()), operands.get(j)[i]);
      }
      apply(call, call.arguments());
      all.vectors.store(type.element(), out[i]);
    }
    return out;
  }

  private List<int[]> operands(Expr.BuiltinCall call) {
    List<int[]> operands = new ArrayList<>();
    call.arguments().forEach(a -> operands.add(all.vectors.slots(a)));
    return operands;
  }

  private void select(Expr.BuiltinCall call) {
    Scalar type = call.type().scalar();
    int no = frame.local(type);
    int yes = frame.local(type);
    all.scalars.push(call.arguments().get(0));
    all.vectors.store(type, no);
    all.scalars.push(call.arguments().get(1));
    all.vectors.store(type, yes);
    all.scalars.push(call.arguments().get(2));
    choose(type, no, yes);
  }

  /** Pushes {@code yes} if the int on the stack is not zero, else {@code no}. */
  private void choose(Scalar type, int no, int yes) {
    Label zero = code.newLabel();
    Label end = code.newLabel();
    code.ifeq(zero);
    all.vectors.load(type, yes);
    code.goto_(end);
    code.labelBinding(zero);
    all.vectors.load(type, no);
    code.labelBinding(end);
  }

  private int[] vectorSelect(Expr.BuiltinCall call) {
    VectorType type = (VectorType) call.type();
    List<int[]> operands = operands(call);
    int[] out = all.vectors.fresh(type);
    for (int i = 0; i < out.length; i++) {
      code.iload(operands.get(2)[i]);
      choose(type.element(), operands.get(0)[i], operands.get(1)[i]);
      all.vectors.store(type.element(), out[i]);
    }
    return out;
  }

  private void anyAll(Expr.BuiltinCall call) {
    int[] slots = all.vectors.slots(call.arguments().get(0));
    code.iload(slots[0]);
    for (int i = 1; i < slots.length; i++) {
      code.iload(slots[i]);
      if (call.builtin().shape() == Builtin.Shape.ANY) {
        code.ior();
      } else {
        code.iand();
      }
    }
  }

  /** Pushes the sum of the products, added from the first component on. */
  private void dot(Expr left, Expr right) {
    if (left.type().isScalar()) {
      all.scalars.push(left);
      all.scalars.push(right);
      Arithmetic.operate(code, Op.MUL, left.type().scalar());
      return;
    }
    Scalar type = element(left.type());
    dot(type, all.vectors.slots(left), all.vectors.slots(right));
  }

  private void dot(Scalar type, int[] a, int[] b) {
    for (int i = 0; i < a.length; i++) {
      all.vectors.load(type, a[i]);
      all.vectors.load(type, b[i]);
      Arithmetic.operate(code, Op.MUL, type);
      if (i > 0) {
        Arithmetic.operate(code, Op.ADD, type);
      }
    }
  }

  private void squareRoot(Scalar type) {
    code.invokestatic(Jvm.functions(Scalar.FLOAT), "sqrt", Jvm.method(Jvm.FLOAT, Jvm.FLOAT));
    Arithmetic.wrap(code, type);
  }

  private void length(Expr e) {
    Scalar type = element(e.type());
    if (e.type().isScalar()) {
      all.scalars.push(e);
      code.invokestatic(Jvm.functions(Scalar.FLOAT), "abs", Jvm.method(Jvm.FLOAT, Jvm.FLOAT));
      return;
    }
    int[] slots = all.vectors.slots(e);
    dot(type, slots, slots);
    squareRoot(type);
  }

  private int[] normalize(Expr.BuiltinCall call) {
    VectorType type = (VectorType) call.type();
    Scalar element = type.element();
    int[] in = all.vectors.slots(call.arguments().get(0));
    int length = frame.local(element);
    dot(element, in, in);
    squareRoot(element);
    all.vectors.store(element, length);
    int[] out = all.vectors.fresh(type);
    for (int i = 0; i < out.length; i++) {
      all.vectors.load(element, in[i]);
      all.vectors.load(element, length);
      Arithmetic.operate(code, Op.DIV, element);
      all.vectors.store(element, out[i]);
    }
    return out;
  }

  private int[] cross(Expr.BuiltinCall call) {
    VectorType type = (VectorType) call.type();
    Scalar element = type.element();
    int[] a = all.vectors.slots(call.arguments().get(0));
    int[] b = all.vectors.slots(call.arguments().get(1));
    int[] out = all.vectors.fresh(type);
    for (int i = 0; i < out.length; i++) {
      int j = (i + 1) % 3;
      int k = (i + 2) % 3;
      dot(element, new int[] {a[j]}, new int[] {b[k]});
      dot(element, new int[] {a[k]}, new int[] {b[j]});
      Arithmetic.operate(code, Op.SUB, element);
      all.vectors.store(element, out[i]);
    }
    return out;
  }

  private void atomic(Expr.BuiltinCall call) {
    List<Expr> arguments = call.arguments();
    PointerType pointer = (PointerType) arguments.get(0).type();
    Scalar element = ((AtomicType) pointer.to()).element();
    ClassDesc carrier = Jvm.carrier(element);
    all.pointers.push(arguments.get(0));
    switch (call.builtin().shape()) {
      case ATOMIC_LOAD -> {
        all.scalars.constant(element, 0);
        code.invokestatic(Jvm.ATOMICS, "load", Jvm.method(carrier, Jvm.BYTES, Jvm.LONG, carrier));
      }
      case ATOMIC_COMPARE_EXCHANGE -> {
        all.pointers.push(arguments.get(1));
        all.scalars.push(arguments.get(2));
        code.invokestatic(
            Jvm.ATOMICS,
            "compareExchange",
            Jvm.method(Jvm.INT, Jvm.BYTES, Jvm.LONG, Jvm.BYTES, Jvm.LONG, carrier));
      }
      default -> {
        all.scalars.push(arguments.get(1));
        boolean store = call.builtin().shape() == Builtin.Shape.ATOMIC_STORE;
        String method = store ? "exchange" : call.builtin().method();
        boolean unsigned = element.isUnsigned() && method.matches("min|max");
        code.invokestatic(
            Jvm.ATOMICS,
            method + (unsigned ? "U" : ""),
            Jvm.method(carrier, Jvm.BYTES, Jvm.LONG, carrier));
        if (store) {
          all.effects.drop(element);
        }
      }
    }
  }
}
