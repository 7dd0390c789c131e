package dev.axon64.machine.bytecode;

import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;

import dev.axon64.codegen.emit.isa.NodePrinter;
import dev.axon64.codegen.isa.ir.BinaryOp;
import dev.axon64.codegen.isa.ir.Effect;
import dev.axon64.codegen.isa.ir.Node;
import dev.axon64.codegen.isa.legal.Legaliser;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.HashMap;
import java.util.Map;

/**
 * Prints legal nodes as instructions that push their values: an {@code int} of 0 or 1 for a truth,
 * an {@code int} for 32 bits, a {@code long} for 64. What takes more than a few instructions is a
 * method of the JDK that its compilers know. Serves one method.
 */
public final class NodeCode extends NodePrinter<CodeBuilder> {
  private static final ClassDesc MATH = ClassDesc.of(Math.class.getName());
  private static final MethodTypeDesc TWO_LONGS = MethodTypeDesc.of(CD_long, CD_long, CD_long);

  private final CodeBuilder code;
  private final Reads reads;

  /** Where locals are that this has defined, by their numbers. */
  private final Map<Integer, Variable> defined = new HashMap<>();

  /**
   * @param reads where to find registers, the pc, the word, and locals that are not defined here
   */
  public NodeCode(CodeBuilder code, Reads reads) {
    this.code = code;
    this.reads = reads;
  }

  /** Prints what a value needs first, and then the value. */
  public CodeBuilder of(Legaliser.Value value) {
    for (Effect effect : value.definitions()) {
      define((Effect.Define) effect);
    }
    return of(value.node());
  }

  /** Computes a local, which from here on is held by a JVM local. */
  public void define(Effect.Define define) {
    of(define.value());
    Variable variable = Variable.allocate(code, define.local().width());
    variable.store(code);
    defined.put(define.local().id(), variable);
  }

  /**
   * Branches on a truth without making it a number.
   *
   * @param when the truth for which it goes to the target; for the other one it goes on
   */
  public void branch(Node truth, boolean when, Label target) {
    if (truth instanceof Node.Unary not) {
      branch(not.operand(), !when, target);
    } else if (truth instanceof Node.Binary n && n.op().comparison()) {
      compare(n, when, target);
    } else if (truth instanceof Node.Binary n
        && (n.op() == BinaryOp.AND || n.op() == BinaryOp.OR)) {
      branchOnTwo(n, when, target);
    } else {
      Node decided = truth instanceof Node.Read read ? reads.decided(read) : truth;
      if (decided != truth) {
        branch(decided, when, target);
      } else {
        of(truth);
        branchIf(when, target);
      }
    }
  }

  /** One side that fails decides AND, and one that holds decides OR. */
  private void branchOnTwo(Node.Binary n, boolean when, Label target) {
    boolean decisive = n.op() == BinaryOp.OR;
    if (when == decisive) {
      branch(n.left(), when, target);
      branch(n.right(), when, target);
    } else {
      Label on = code.newLabel();
      branch(n.left(), decisive, on);
      branch(n.right(), when, target);
      code.labelBinding(on);
    }
  }

  private void branchIf(boolean when, Label target) {
    if (when) {
      code.ifne(target);
    } else {
      code.ifeq(target);
    }
  }

  private void compare(Node.Binary n, boolean when, Label target) {
    boolean isLong = n.left().width() == Long.SIZE;
    of(n.left());
    if (n.op() == BinaryOp.EQ && !isLong && isZero(n.right())) {
      branchIf(!when, target);
      return;
    }
    of(n.right());
    if (n.op() == BinaryOp.ULT) {
      call(n.left().width(), "compareUnsigned", CD_int, 2);
    } else if (isLong) {
      code.lcmp();
    } else {
      branchOnInts(n.op() == BinaryOp.EQ, when, target);
      return;
    }
    if (n.op() == BinaryOp.EQ) {
      branchIf(!when, target);
    } else if (when) {
      code.iflt(target);
    } else {
      code.ifge(target);
    }
  }

  private static boolean isZero(Node node) {
    return node instanceof Node.Const c && c.value() == 0;
  }

  private void branchOnInts(boolean equality, boolean when, Label target) {
    if (equality && when) {
      code.if_icmpeq(target);
    } else if (equality) {
      code.if_icmpne(target);
    } else if (when) {
      code.if_icmplt(target);
    } else {
      code.if_icmpge(target);
    }
  }

  // Reads.

  @Override
  protected CodeBuilder constant(Node.Const n) {
    return n.width() == Long.SIZE
        ? code.loadConstant(n.value())
        : code.loadConstant((int) n.value());
  }

  private CodeBuilder read(Node.Read n) {
    reads.push(code, n);
    return code;
  }

  @Override
  protected CodeBuilder word() {
    return read(new Node.Word());
  }

  @Override
  protected CodeBuilder local(Node.Local n) {
    Variable variable = defined.get(n.id());
    if (variable == null) {
      return read(n);
    }
    variable.load(code);
    return code;
  }

  @Override
  protected CodeBuilder general(Node.GetX n) {
    return read(n);
  }

  @Override
  protected CodeBuilder vector(Node.GetV n) {
    return read(n);
  }

  @Override
  protected CodeBuilder state(Node.GetState n) {
    return read(n);
  }

  @Override
  protected CodeBuilder pc() {
    return read(new Node.Pc());
  }

  // Operations.

  @Override
  protected CodeBuilder not(Node.Unary n) {
    if (n.width() == 1 && n.operand() instanceof Node.Binary equal && equal.op().comparison()) {
      return truth(n);
    }
    of(n.operand());
    return switch (n.width()) {
      case 1 -> code.iconst_1().ixor();
      case Integer.SIZE -> code.iconst_m1().ixor();
      default -> code.loadConstant(-1L).lxor();
    };
  }

  @Override
  protected CodeBuilder unary(Node.Unary n) {
    of(n.operand());
    return switch (n.op()) {
      case CLZ -> count(n.width(), "numberOfLeadingZeros");
      case COUNT -> count(n.width(), "bitCount");
      case REVERSE -> call(n.width(), "reverse", type(n.width()), 1);
      case REVERSE_BYTES -> call(n.width(), "reverseBytes", type(n.width()), 1);
      case NOT -> throw new IllegalArgumentException("printed by not: " + n);
    };
  }

  private CodeBuilder count(int width, String method) {
    call(width, method, CD_int, 1);
    return width == Long.SIZE ? code.i2l() : code;
  }

  private static ClassDesc type(int width) {
    return width == Long.SIZE ? CD_long : CD_int;
  }

  /** Calls a method of {@link Integer} or {@link Long} on operands of a width. */
  private CodeBuilder call(int width, String method, ClassDesc result, int operands) {
    ClassDesc type = type(width);
    MethodTypeDesc signature =
        operands == 1 ? MethodTypeDesc.of(result, type) : MethodTypeDesc.of(result, type, type);
    return code.invokestatic(boxed(width), method, signature);
  }

  private static ClassDesc boxed(int width) {
    return width == Long.SIZE ? ConstantDescs.CD_Long : ConstantDescs.CD_Integer;
  }

  @Override
  protected CodeBuilder binary(Node.Binary n) {
    of(n.left());
    of(n.right());
    if (n.op().shift() && n.right().width() == Long.SIZE) {
      code.l2i();
    }
    return switch (n.op()) {
      case UDIV -> call(n.width(), "divideUnsigned", type(n.width()), 2);
      case UMULH -> high(n, "unsignedMultiplyHigh");
      case SMULH -> high(n, "multiplyHigh");
      case ROR -> {
        MethodTypeDesc signature = MethodTypeDesc.of(type(n.width()), type(n.width()), CD_int);
        yield code.invokestatic(boxed(n.width()), "rotateRight", signature);
      }
      default ->
          n.width() == Long.SIZE
              ? Instructions.onLongs(code, n.op())
              : Instructions.onInts(code, n.op());
    };
  }

  private CodeBuilder high(Node.Binary n, String method) {
    if (n.width() != Long.SIZE) {
      throw new IllegalArgumentException("not legal, upper half of " + n.width() + " bits: " + n);
    }
    return code.invokestatic(MATH, method, TWO_LONGS);
  }

  @Override
  protected CodeBuilder comparison(Node.Binary n, BinaryOp op) {
    return truth(n);
  }

  /** Makes what branches decide a number. */
  private CodeBuilder truth(Node n) {
    Label no = code.newLabel();
    Label end = code.newLabel();
    branch(n, false, no);
    return code.iconst_1().goto_(end).labelBinding(no).iconst_0().labelBinding(end);
  }

  @Override
  protected CodeBuilder widened(Node.Extend n) {
    of(n.operand());
    return n.signed() ? code.i2l() : zeroExtend(code);
  }

  /** Turns an {@code int} into a {@code long} with zeros on top. */
  static CodeBuilder zeroExtend(CodeBuilder code) {
    return code.i2l().loadConstant(0xffff_ffffL).land();
  }

  @Override
  protected CodeBuilder lowHalf(Node.Extract n) {
    return of(n.operand()).l2i();
  }

  @Override
  protected CodeBuilder select(Node.Select n) {
    Label no = code.newLabel();
    Label end = code.newLabel();
    branch(n.condition(), false, no);
    of(n.yes()).goto_(end).labelBinding(no);
    return of(n.no()).labelBinding(end);
  }
}
