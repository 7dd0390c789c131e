package dev.axon64.metal.jit;

import dev.axon64.metal.msl.Op;
import dev.axon64.metal.msl.Scalar;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.Opcode;
import java.lang.constant.ConstantDescs;

/** Operators and conversions on scalars that are on the JVM stack. */
final class Arithmetic {
  private Arithmetic() {}

  /** {@code left op right}, both of {@code type} (a shift count is an int); no comparison. */
  static void operate(CodeBuilder code, Op op, Scalar type) {
    switch (type.carrier()) {
      case FLOAT -> {
        switch (op) {
          case ADD -> code.fadd();
          case SUB -> code.fsub();
          case MUL -> code.fmul();
          default -> code.fdiv();
        }
      }
      case INT -> integer(code, op, type);
      case LONG -> wide(code, op, type);
    }
    wrap(code, type);
  }

  /** Negates the number on the stack. */
  static void negate(CodeBuilder code, Scalar type) {
    switch (type.carrier()) {
      case INT -> {
        code.ineg();
        wrap(code, type);
      }
      case LONG -> code.lneg();
      case FLOAT -> code.fneg();
    }
  }

  /** Inverts all bits of the integer on the stack. */
  static void complement(CodeBuilder code, Scalar type) {
    if (type.carrier() == Scalar.Carrier.LONG) {
      code.loadConstant(-1L);
      code.lxor();
    } else {
      code.iconst_m1();
      code.ixor();
      wrap(code, type);
    }
  }

  private static void integer(CodeBuilder code, Op op, Scalar type) {
    boolean unsigned = type.isUnsigned();
    if (op.isShift() && type.bits() < 32) {
      code.loadConstant(Math.max(8, type.bits()) - 1);
      code.iand();
    }
    switch (op) {
      case ADD -> code.iadd();
      case SUB -> code.isub();
      case MUL -> code.imul();
      case DIV -> divide(code, unsigned ? "divU" : "div", false);
      case REM -> divide(code, unsigned ? "remU" : "rem", false);
      case SHL -> code.ishl();
      case SHR -> {
        if (unsigned) {
          code.iushr();
        } else {
          code.ishr();
        }
      }
      case AND -> code.iand();
      case OR -> code.ior();
      default -> code.ixor();
    }
  }

  private static void wide(CodeBuilder code, Op op, Scalar type) {
    boolean unsigned = type.isUnsigned();
    switch (op) {
      case ADD -> code.ladd();
      case SUB -> code.lsub();
      case MUL -> code.lmul();
      case DIV -> divide(code, unsigned ? "divU" : "div", true);
      case REM -> divide(code, unsigned ? "remU" : "rem", true);
      case SHL -> code.lshl();
      case SHR -> {
        if (unsigned) {
          code.lushr();
        } else {
          code.lshr();
        }
      }
      case AND -> code.land();
      case OR -> code.lor();
      default -> code.lxor();
    }
  }

  private static void divide(CodeBuilder code, String name, boolean wide) {
    var type = wide ? Jvm.LONG : Jvm.INT;
    code.invokestatic(Jvm.MATH, name, Jvm.method(type, type, type));
  }

  /** Brings a result back into a type narrower than its carrier. */
  static void wrap(CodeBuilder code, Scalar type) {
    switch (type) {
      case BOOL -> {
        code.loadConstant(1);
        code.iand();
      }
      case CHAR -> code.i2b();
      case UCHAR -> {
        code.loadConstant(0xff);
        code.iand();
      }
      case SHORT -> code.i2s();
      case USHORT -> code.i2c();
      case HALF, BFLOAT -> round(code, type);
      default -> {}
    }
  }

  private static void round(CodeBuilder code, Scalar type) {
    String name = type == Scalar.HALF ? "roundHalf" : "roundBfloat";
    code.invokestatic(Jvm.MATH, name, Jvm.method(Jvm.FLOAT, Jvm.FLOAT));
  }

  /** Jumps to {@code target} if the comparison of the two on the stack equals {@code when}. */
  static void jump(CodeBuilder code, Op op, Scalar type, Label target, boolean when) {
    boolean equality = op == Op.EQ || op == Op.NE;
    if (type.carrier() == Scalar.Carrier.INT && (equality || !type.isUnsigned())) {
      Opcode opcode =
          switch (when ? op : opposite(op)) {
            case LT -> Opcode.IF_ICMPLT;
            case GT -> Opcode.IF_ICMPGT;
            case LE -> Opcode.IF_ICMPLE;
            case GE -> Opcode.IF_ICMPGE;
            case EQ -> Opcode.IF_ICMPEQ;
            default -> Opcode.IF_ICMPNE;
          };
      code.branch(opcode, target);
      return;
    }
    compare(code, op, type);
    jumpOnSign(code, when ? op : opposite(op), target);
  }

  /** Turns the two on the stack into an int whose sign tells their order. */
  private static void compare(CodeBuilder code, Op op, Scalar type) {
    switch (type.carrier()) {
      case INT ->
          code.invokestatic(
              ConstantDescs.CD_Integer, "compareUnsigned", Jvm.method(Jvm.INT, Jvm.INT, Jvm.INT));
      case LONG -> {
        if (op == Op.EQ || op == Op.NE || !type.isUnsigned()) {
          code.lcmp();
        } else {
          code.invokestatic(
              ConstantDescs.CD_Long, "compareUnsigned", Jvm.method(Jvm.INT, Jvm.LONG, Jvm.LONG));
        }
      }
      case FLOAT -> {
        // The compare that makes NaN answer false to all but !=.
        if (op == Op.LT || op == Op.LE) {
          code.fcmpg();
        } else {
          code.fcmpl();
        }
      }
    }
  }

  private static void jumpOnSign(CodeBuilder code, Op op, Label target) {
    Opcode opcode =
        switch (op) {
          case LT -> Opcode.IFLT;
          case GT -> Opcode.IFGT;
          case LE -> Opcode.IFLE;
          case GE -> Opcode.IFGE;
          case EQ -> Opcode.IFEQ;
          default -> Opcode.IFNE;
        };
    code.branch(opcode, target);
  }

  private static Op opposite(Op op) {
    return switch (op) {
      case LT -> Op.GE;
      case GE -> Op.LT;
      case GT -> Op.LE;
      case LE -> Op.GT;
      case EQ -> Op.NE;
      default -> Op.EQ;
    };
  }

  /** Converts the scalar on the stack. */
  static void convert(CodeBuilder code, Scalar from, Scalar to) {
    if (from == to) {
      return;
    }
    if (to == Scalar.BOOL) {
      truth(code, from);
      return;
    }
    switch (from.carrier()) {
      case FLOAT -> fromFloat(code, from, to);
      case LONG -> fromLong(code, from, to);
      case INT -> fromInt(code, from, to);
    }
  }

  private static void truth(CodeBuilder code, Scalar from) {
    Label no = code.newLabel();
    Label end = code.newLabel();
    switch (from.carrier()) {
      case FLOAT -> {
        code.fconst_0();
        code.fcmpl();
      }
      case LONG -> {
        code.lconst_0();
        code.lcmp();
      }
      case INT -> {}
    }
    code.ifeq(no);
    code.iconst_1();
    code.goto_(end);
    code.labelBinding(no);
    code.iconst_0();
    code.labelBinding(end);
  }

  private static void fromFloat(CodeBuilder code, Scalar from, Scalar to) {
    switch (to) {
      case INT -> code.f2i();
      case LONG -> code.f2l();
      case UINT -> code.invokestatic(Jvm.MATH, "floatToUint", Jvm.method(Jvm.INT, Jvm.FLOAT));
      case ULONG -> code.invokestatic(Jvm.MATH, "floatToUlong", Jvm.method(Jvm.LONG, Jvm.FLOAT));
      case HALF, BFLOAT -> round(code, to);
      case FLOAT -> {}
      default -> {
        int most = to.isUnsigned() ? (1 << to.bits()) - 1 : (1 << (to.bits() - 1)) - 1;
        code.loadConstant(to.isUnsigned() ? 0 : -most - 1);
        code.loadConstant(most);
        code.invokestatic(
            Jvm.MATH, "floatToSmall", Jvm.method(Jvm.INT, Jvm.FLOAT, Jvm.INT, Jvm.INT));
      }
    }
  }

  private static void fromLong(CodeBuilder code, Scalar from, Scalar to) {
    if (to.isFloat()) {
      if (from == Scalar.ULONG) {
        code.invokestatic(Jvm.MATH, "ulongToFloat", Jvm.method(Jvm.FLOAT, Jvm.LONG));
      } else {
        code.l2f();
      }
      wrap(code, to);
    } else if (to.carrier() == Scalar.Carrier.INT) {
      code.l2i();
      wrap(code, to);
    }
  }

  private static void fromInt(CodeBuilder code, Scalar from, Scalar to) {
    if (to.isInteger() && to.carrier() == Scalar.Carrier.INT) {
      boolean fits = from.bits() < to.bits() && (from.isUnsigned() || !to.isUnsigned());
      if (!fits) {
        wrap(code, to);
      }
      return;
    }
    if (from == Scalar.UINT) {
      code.i2l();
      code.loadConstant(0xffffffffL);
      code.land();
      if (to.isFloat()) {
        code.l2f();
      }
    } else if (to.isFloat()) {
      code.i2f();
    } else {
      code.i2l();
    }
    if (to.isFloat()) {
      wrap(code, to);
    }
  }
}
