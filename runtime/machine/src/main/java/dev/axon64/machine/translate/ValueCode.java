package dev.axon64.machine.translate;

import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;

import dev.axon64.codegen.emit.isa.NodePrinter;
import dev.axon64.codegen.isa.ir.BinaryOp;
import dev.axon64.codegen.isa.ir.Node;
import dev.axon64.codegen.isa.ir.UnaryOp;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.function.Consumer;

/**
 * Writes legal values as JVM bytecode: truths are 0 or 1 in an {@code int}, numbers {@code int}s
 * and {@code long}s. Each is left on the stack.
 */
final class ValueCode extends NodePrinter<Void> {
  private static final ClassDesc MATH = ClassDesc.of("java.lang.Math");

  private final CodeBuilder code;
  private final Consumer<Node.Local> locals;

  /**
   * @param locals leaves a local's value on the stack
   */
  ValueCode(CodeBuilder code, Consumer<Node.Local> locals) {
    this.code = code;
    this.locals = locals;
  }

  private static ClassDesc box(int width) {
    return width == Long.SIZE ? ConstantDescs.CD_Long : ConstantDescs.CD_Integer;
  }

  private static ClassDesc type(int width) {
    return width == Long.SIZE ? CD_long : CD_int;
  }

  @Override
  protected Void constant(Node.Const n) {
    if (n.width() == Long.SIZE) {
      code.loadConstant(n.value());
    } else {
      code.loadConstant((int) n.value());
    }
    return null;
  }

  @Override
  protected Void word() {
    throw new IllegalArgumentException("the word is known");
  }

  @Override
  protected Void pc() {
    throw new IllegalArgumentException("the pc is known");
  }

  @Override
  protected Void local(Node.Local n) {
    locals.accept(n);
    return null;
  }

  @Override
  protected Void general(Node.GetX n) {
    throw inState(n);
  }

  @Override
  protected Void vector(Node.GetV n) {
    throw inState(n);
  }

  @Override
  protected Void state(Node.GetState n) {
    throw inState(n);
  }

  private static IllegalArgumentException inState(Node n) {
    return new IllegalArgumentException("registers are read into locals first: " + n);
  }

  @Override
  protected Void not(Node.Unary n) {
    of(n.operand());
    if (n.width() == Long.SIZE) {
      code.loadConstant(-1L).lxor();
    } else {
      code.loadConstant(n.width() == 1 ? 1 : -1).ixor();
    }
    return null;
  }

  @Override
  protected Void unary(Node.Unary n) {
    of(n.operand());
    int width = n.width();
    String name =
        switch (n.op()) {
          case CLZ -> "numberOfLeadingZeros";
          case COUNT -> "bitCount";
          case REVERSE -> "reverse";
          case REVERSE_BYTES -> "reverseBytes";
          case NOT -> throw new IllegalArgumentException("not");
        };
    boolean counts = n.op() == UnaryOp.CLZ || n.op() == UnaryOp.COUNT;
    ClassDesc result = counts ? CD_int : type(width);
    code.invokestatic(box(width), name, MethodTypeDesc.of(result, type(width)));
    if (counts && width == Long.SIZE) {
      code.i2l();
    }
    return null;
  }

  @Override
  protected Void binary(Node.Binary n) {
    of(n.left());
    of(n.right());
    if (n.op() == BinaryOp.LSL
        || n.op() == BinaryOp.LSR
        || n.op() == BinaryOp.ASR
        || n.op() == BinaryOp.ROR) {
      if (n.right().width() == Long.SIZE) {
        code.l2i();
      }
    }
    if (n.width() == Long.SIZE) {
      wide(n.op());
    } else {
      narrow(n.op());
    }
    return null;
  }

  private void wide(BinaryOp op) {
    switch (op) {
      case ADD -> code.ladd();
      case SUB -> code.lsub();
      case MUL -> code.lmul();
      case AND -> code.land();
      case OR -> code.lor();
      case XOR -> code.lxor();
      case LSL -> code.lshl();
      case LSR -> code.lushr();
      case ASR -> code.lshr();
      case SDIV -> code.ldiv();
      case UDIV -> call(ConstantDescs.CD_Long, "divideUnsigned", Long.SIZE);
      case UMULH -> call(MATH, "unsignedMultiplyHigh", Long.SIZE);
      case SMULH -> call(MATH, "multiplyHigh", Long.SIZE);
      case ROR ->
          code.invokestatic(
              ConstantDescs.CD_Long, "rotateRight", MethodTypeDesc.of(CD_long, CD_long, CD_int));
      case EQ, ULT, SLT -> throw new IllegalArgumentException("a comparison: " + op);
    }
  }

  private void narrow(BinaryOp op) {
    switch (op) {
      case ADD -> code.iadd();
      case SUB -> code.isub();
      case MUL -> code.imul();
      case AND -> code.iand();
      case OR -> code.ior();
      case XOR -> code.ixor();
      case LSL -> code.ishl();
      case LSR -> code.iushr();
      case ASR -> code.ishr();
      case SDIV -> code.idiv();
      case UDIV -> call(ConstantDescs.CD_Integer, "divideUnsigned", Integer.SIZE);
      case ROR -> call(ConstantDescs.CD_Integer, "rotateRight", Integer.SIZE);
      case UMULH, SMULH -> throw new IllegalArgumentException("of 64 bits alone: " + op);
      case EQ, ULT, SLT -> throw new IllegalArgumentException("a comparison: " + op);
    }
  }

  private void call(ClassDesc owner, String name, int width) {
    code.invokestatic(owner, name, MethodTypeDesc.of(type(width), type(width), type(width)));
  }

  @Override
  protected Void comparison(Node.Binary n, BinaryOp op) {
    return truth(n);
  }

  /** A condition as 0 or 1. */
  private Void truth(Node condition) {
    Label no = code.newLabel();
    Label end = code.newLabel();
    jump(condition, false, no);
    code.iconst_1().goto_(end).labelBinding(no).iconst_0().labelBinding(end);
    return null;
  }

  @Override
  protected Void widened(Node.Extend n) {
    of(n.operand());
    code.i2l();
    if (!n.signed()) {
      code.loadConstant(0xffff_ffffL).land();
    }
    return null;
  }

  @Override
  protected Void lowHalf(Node.Extract n) {
    of(n.operand());
    code.l2i();
    return null;
  }

  @Override
  protected Void select(Node.Select n) {
    Label no = code.newLabel();
    Label end = code.newLabel();
    jump(n.condition(), false, no);
    of(n.yes());
    code.goto_(end).labelBinding(no);
    of(n.no());
    code.labelBinding(end);
    return null;
  }

  /** Goes to a label if a condition is as wanted, and on otherwise. */
  void jump(Node condition, boolean wanted, Label label) {
    switch (condition) {
      case Node.Unary n -> jump(n.operand(), !wanted, label); // NOT, the only one of truths
      case Node.Binary n -> jumpBinary(n, wanted, label);
      default -> {
        of(condition);
        if (wanted) {
          code.ifne(label);
        } else {
          code.ifeq(label);
        }
      }
    }
  }

  private void jumpBinary(Node.Binary n, boolean wanted, Label label) {
    switch (n.op()) {
      case EQ, ULT, SLT -> compare(n, wanted, label);
      case AND, OR -> {
        // Of AND, one side that fails decides; of OR, one that holds.
        boolean decides = n.op() == BinaryOp.OR;
        if (wanted == decides) {
          jump(n.left(), wanted, label);
          jump(n.right(), wanted, label);
        } else {
          Label on = code.newLabel();
          jump(n.left(), decides, on);
          jump(n.right(), wanted, label);
          code.labelBinding(on);
        }
      }
      default -> {
        of(n);
        if (wanted) {
          code.ifne(label);
        } else {
          code.ifeq(label);
        }
      }
    }
  }

  private void compare(Node.Binary n, boolean wanted, Label label) {
    int width = n.left().width();
    boolean withZero =
        n.right() instanceof Node.Const c && c.value() == 0 && n.op() != BinaryOp.ULT;
    of(n.left());
    if (width == Long.SIZE) {
      of(n.right());
      if (n.op() == BinaryOp.ULT) {
        unsigned(width);
      } else {
        code.lcmp();
      }
      branch(n.op(), wanted, label);
    } else if (withZero) {
      branch(n.op(), wanted, label);
    } else {
      of(n.right());
      if (n.op() == BinaryOp.ULT) {
        unsigned(width);
        branch(n.op(), wanted, label);
      } else if (n.op() == BinaryOp.EQ) {
        if (wanted) {
          code.if_icmpeq(label);
        } else {
          code.if_icmpne(label);
        }
      } else if (wanted) {
        code.if_icmplt(label);
      } else {
        code.if_icmpge(label);
      }
    }
  }

  private void unsigned(int width) {
    code.invokestatic(
        box(width), "compareUnsigned", MethodTypeDesc.of(CD_int, type(width), type(width)));
  }

  /** By the sign of what is on the stack. */
  private void branch(BinaryOp op, boolean wanted, Label label) {
    if (op == BinaryOp.EQ) {
      if (wanted) {
        code.ifeq(label);
      } else {
        code.ifne(label);
      }
    } else if (wanted) {
      code.iflt(label);
    } else {
      code.ifge(label);
    }
  }
}
