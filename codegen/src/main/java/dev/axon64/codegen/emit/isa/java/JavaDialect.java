package dev.axon64.codegen.emit.isa.java;

import dev.axon64.codegen.emit.SourceWriter;
import dev.axon64.codegen.emit.isa.clike.CLikeExpression;
import dev.axon64.codegen.emit.isa.clike.Dialect;
import dev.axon64.codegen.isa.ir.BinaryOp;
import dev.axon64.codegen.isa.ir.Effect;
import dev.axon64.codegen.isa.ir.Node;
import dev.axon64.codegen.isa.ir.UnaryOp;
import java.util.Locale;
import java.util.Optional;

/**
 * Prints Java. Truths are {@code boolean}s, numbers are {@code int}s and {@code long}s; declared
 * registers and the arguments of memory and the host are {@code long}s. Types have the names of
 * {@link JavaTypes}.
 */
public abstract class JavaDialect implements Dialect {
  /** {@code CpuState s}. */
  public static final JavaDialect SCALAR = new ScalarDialect();

  /** Code for one lane, {@code int lane}, of a {@code LaneState s}. */
  public static final JavaDialect LANE = new LaneDialect();

  JavaDialect() {}

  /** A register's field. */
  public static String field(String register) {
    return register.toLowerCase(Locale.ROOT);
  }

  /** The arguments by which memory finds an address. */
  abstract String at(String address);

  /** The machine around the CPU. */
  abstract String host();

  /** The arguments of a shared function that say which machine calls it. */
  abstract String machine();

  @Override
  public String type(int width) {
    return switch (width) {
      case 1 -> "boolean";
      case Integer.SIZE -> "int";
      default -> "long";
    };
  }

  @Override
  public String literal(int width, long value) {
    if (width == 1) {
      return value != 0 ? "true" : "false";
    }
    String suffix = width == Long.SIZE ? "L" : "";
    return value >= 0 && value < 1024 ? value + suffix : "0x" + Long.toHexString(value) + suffix;
  }

  private static String boxed(int width) {
    return width == Long.SIZE ? "Long" : "Integer";
  }

  @Override
  public String unary(UnaryOp op, int width, String a) {
    String type = boxed(width);
    return switch (op) {
      case CLZ -> number(width, type + ".numberOfLeadingZeros(" + a + ")");
      case COUNT -> number(width, type + ".bitCount(" + a + ")");
      case REVERSE -> type + ".reverse(" + a + ")";
      case REVERSE_BYTES -> type + ".reverseBytes(" + a + ")";
      case NOT -> throw new IllegalArgumentException("spelled as everywhere: " + op);
    };
  }

  /** A count, which Java gives as an {@code int}, in a width. */
  private static String number(int width, String count) {
    return width == Long.SIZE ? "(long) " + count : count;
  }

  @Override
  public String binary(BinaryOp op, int width, String a, String b) {
    return switch (op) {
      case LSR -> CLikeExpression.infix(a, ">>>", b);
      case ASR -> CLikeExpression.infix(a, ">>", b);
      case SDIV -> CLikeExpression.infix(a, "/", b);
      case SLT -> CLikeExpression.infix(a, "<", b);
      case UDIV -> boxed(width) + ".divideUnsigned(" + a + ", " + b + ")";
      case ULT -> "(" + boxed(width) + ".compareUnsigned(" + a + ", " + b + ") < 0)";
      case UMULH -> "Math.unsignedMultiplyHigh(" + a + ", " + b + ")";
      case SMULH -> "Math.multiplyHigh(" + a + ", " + b + ")";
      case ADD, SUB, MUL, AND, OR, XOR, LSL, ROR, EQ ->
          throw new IllegalArgumentException("spelled as everywhere: " + op);
    };
  }

  @Override
  public String rotated(int width, String a, int amountWidth, String amount) {
    String by = amountWidth == Long.SIZE ? "(int) " + amount : amount;
    return boxed(width) + ".rotateRight(" + a + ", " + by + ")";
  }

  @Override
  public String widened(boolean signed, String a) {
    return signed ? "(long) " + a : CLikeExpression.infix(a, "&", "0xffffffffL");
  }

  @Override
  public String lowHalf(String a) {
    return "(int) " + a;
  }

  @Override
  public String index(long number) {
    return Long.toString(number);
  }

  /** The index of a general register. */
  public static String place(String index, boolean known, boolean stack) {
    if (!stack) {
      return index;
    }
    return known ? index.equals("31") ? "32" : index : "$state:T.stack(" + index + ")";
  }

  /** The index of half of a vector register. */
  public static String half(String index, boolean known, int half) {
    return known
        ? Integer.toString(2 * Integer.parseInt(index) + half)
        : index + " * 2" + (half == 0 ? "" : " + 1");
  }

  /** The {@code long} that a register holds, as a value of a legal width. */
  static String narrowed(int width, String held) {
    return switch (width) {
      case 1 -> "(" + held + " != 0)";
      case Integer.SIZE -> "(int) " + held;
      default -> held;
    };
  }

  /** A legal value as the {@code long} that a register holds. */
  static String held(int width, String value) {
    return switch (width) {
      case 1 -> value + " ? 1L : 0L";
      case Integer.SIZE -> value + " & 0xffffffffL";
      default -> value;
    };
  }

  @Override
  public void load(SourceWriter out, String declared, int width, int bytes, String address) {
    String loaded = "s.memory.load" + bytes * Byte.SIZE + "(" + at(address) + ")";
    out.line("%s = %s;", declared, narrowed(width, loaded));
  }

  @Override
  public void store(SourceWriter out, int width, int bytes, String address, String value) {
    out.line("s.memory.store%d(%s, %s);", bytes * Byte.SIZE, at(address), value);
  }

  @Override
  public void undefined(SourceWriter out) {
    out.line("throw new $trap:T($kind:T.UNDEFINED, w & 0xffffffffL);");
  }

  @Override
  public void raise(SourceWriter out, String trap, Optional<String> argument) {
    out.line("throw new $trap:T(new $kind:T(\"%s\"), %s);", trap, argument.orElse("0"));
  }

  @Override
  public boolean host(
      SourceWriter out, Effect.Host host, Optional<String> declared, String arguments) {
    String call = host() + "." + host.name() + "(" + arguments + ");";
    out.line("%s%s", declared.map(local -> local + " = ").orElse(""), call);
    return true;
  }

  @Override
  public void call(
      SourceWriter out, Effect.Call call, Optional<String> declared, String arguments) {
    out.line(
        "%s$functions:T.%s(%s%s);",
        declared.map(local -> local + " = ").orElse(""),
        call.function().name(),
        machine(),
        arguments.isEmpty() ? "" : ", " + arguments);
  }

  private static final class ScalarDialect extends JavaDialect {
    @Override
    public String general(String index, boolean known, boolean stack) {
      return "s.x[" + place(index, known, stack) + "]";
    }

    @Override
    public String vector(String index, boolean known, int half) {
      return "s.v[" + half(index, known, half) + "]";
    }

    @Override
    public String state(Node.GetState state) {
      return narrowed(state.width(), "s." + field(state.name()));
    }

    @Override
    public void setState(SourceWriter out, String name, int width, String value) {
      out.line("s.%s = %s;", field(name), held(width, value));
    }

    @Override
    String at(String address) {
      return address;
    }

    @Override
    String host() {
      return "s.host";
    }

    @Override
    String machine() {
      return "s";
    }
  }

  /**
   * Prints code for one lane. Registers of 1 bit have one bit per lane; all others have a row of
   * lanes.
   */
  private static final class LaneDialect extends JavaDialect {
    @Override
    public String general(String index, boolean known, boolean stack) {
      return "s.x[" + place(index, known, stack) + " * $lanes:T.LANES + lane]";
    }

    @Override
    public String vector(String index, boolean known, int half) {
      return "s.v[(" + half(index, known, half) + ") * $lanes:T.LANES + lane]";
    }

    @Override
    public String state(Node.GetState state) {
      return state.width() == 1
          ? "((s." + field(state.name()) + " >>> lane & 1L) != 0)"
          : narrowed(state.width(), "s." + field(state.name()) + "[lane]");
    }

    @Override
    public void setState(SourceWriter out, String name, int width, String value) {
      if (width == 1) {
        out.line("s.%1$s = s.%1$s & ~(1L << lane) | (%2$s ? 1L : 0L) << lane;", field(name), value);
      } else {
        out.line("s.%s[lane] = %s;", field(name), held(width, value));
      }
    }

    @Override
    String at(String address) {
      return "lane, " + address;
    }

    @Override
    String host() {
      return "s.host[lane]";
    }

    @Override
    String machine() {
      return "s, lane";
    }
  }
}
