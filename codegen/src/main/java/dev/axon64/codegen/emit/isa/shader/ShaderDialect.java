package dev.axon64.codegen.emit.isa.shader;

import dev.axon64.codegen.emit.SourceWriter;
import dev.axon64.codegen.emit.isa.clike.CLikeExpression;
import dev.axon64.codegen.emit.isa.clike.Dialect;
import dev.axon64.codegen.emit.shading.ShadingLanguage;
import dev.axon64.codegen.isa.ir.BinaryOp;
import dev.axon64.codegen.isa.ir.Effect;
import dev.axon64.codegen.isa.ir.Node;
import dev.axon64.codegen.isa.ir.UnaryOp;
import java.util.Locale;
import java.util.Optional;

/**
 * Prints a shading language over {@code A64Guest* s}. Truths are {@code bool}s, numbers are {@code
 * uint}s and {@code ulong}s. Since there are no exceptions, code that stops the guest sets {@code
 * s->stop} and returns, and the callers of such code check it.
 */
final class ShaderDialect implements Dialect {
  private final ShadingLanguage language;
  private final BodyFacts facts;

  /** The statement by which a stopped function returns. */
  private final String stopped;

  private ShaderDialect(ShadingLanguage language, BodyFacts facts, String stopped) {
    this.language = language;
    this.facts = facts;
    this.stopped = stopped;
  }

  /** Prints an instruction, which stays at its address if it is stopped. */
  static ShaderDialect instruction(ShadingLanguage language, BodyFacts facts) {
    return new ShaderDialect(language, facts, "return pc;");
  }

  /** Prints a function with such a result. */
  static ShaderDialect function(ShadingLanguage language, BodyFacts facts, Optional<Node> result) {
    return new ShaderDialect(
        language,
        facts,
        result.map(node -> node.width() == 1 ? "return false;" : "return 0;").orElse("return;"));
  }

  /** A register's field. */
  static String field(String register) {
    return register.toLowerCase(Locale.ROOT);
  }

  /** The type of a width. */
  static String typeOf(int width) {
    return switch (width) {
      case 1 -> "bool";
      case Integer.SIZE -> "uint";
      default -> "ulong";
    };
  }

  @Override
  public String type(int width) {
    return typeOf(width);
  }

  @Override
  public String literal(int width, long value) {
    if (width == 1) {
      return value != 0 ? "true" : "false";
    }
    String digits =
        value >= 0 && value < 1024 ? Long.toString(value) : "0x" + Long.toHexString(value);
    return digits + (width == Long.SIZE ? "ul" : "u");
  }

  private static String signed(int width, String a) {
    return (width == Long.SIZE ? "(long)" : "(int)") + a;
  }

  private static String unsigned(int width, String a) {
    return "(" + typeOf(width) + ")" + a;
  }

  @Override
  public String unary(UnaryOp op, int width, String a) {
    return switch (op) {
      case CLZ -> "clz(" + a + ")";
      case COUNT -> "popcount(" + a + ")";
      case REVERSE -> language.reverseBits(width, a);
      case REVERSE_BYTES -> "a64_rev" + width + "(" + a + ")";
      case NOT -> throw new IllegalArgumentException("spelled as everywhere: " + op);
    };
  }

  @Override
  public String binary(BinaryOp op, int width, String a, String b) {
    return switch (op) {
      case LSR -> CLikeExpression.infix(a, ">>", b);
      case ASR -> unsigned(width, CLikeExpression.infix(signed(width, a), ">>", b));
      case UDIV -> CLikeExpression.infix(a, "/", b);
      case SDIV -> unsigned(width, CLikeExpression.infix(signed(width, a), "/", signed(width, b)));
      case ULT -> CLikeExpression.infix(a, "<", b);
      case SLT -> CLikeExpression.infix(signed(width, a), "<", signed(width, b));
      case UMULH -> language.highHalf(a, b);
      case SMULH -> unsigned(width, language.highHalf(signed(width, a), signed(width, b)));
      case ADD, SUB, MUL, AND, OR, XOR, LSL, ROR, EQ ->
          throw new IllegalArgumentException("spelled as everywhere: " + op);
    };
  }

  /** Shaders rotate to the left, by an amount of the value's type. */
  @Override
  public String rotated(int width, String a, int amountWidth, String amount) {
    String left =
        literal(amountWidth, 0) + " - " + amount + " & " + literal(amountWidth, width - 1L);
    String by = amountWidth == width ? left : unsigned(width, "(" + left + ")");
    return "rotate(" + a + ", " + by + ")";
  }

  @Override
  public String widened(boolean signed, String a) {
    return signed ? "(ulong)(long)(int)" + a : "(ulong)" + a;
  }

  @Override
  public String lowHalf(String a) {
    return "(uint)" + a;
  }

  @Override
  public String general(String index, boolean known, boolean stack) {
    if (!stack) {
      return "s->x[" + index + "]";
    }
    String place = known ? index.equals("31u") ? "32u" : index : "a64_stack(" + index + ")";
    return "s->x[" + place + "]";
  }

  @Override
  public String vector(String index, boolean known, int half) {
    String place =
        known
            ? 2 * Integer.parseInt(index.substring(0, index.length() - 1)) + half + "u"
            : index + " * 2u" + (half == 0 ? "" : " + 1u");
    return "s->v[" + place + "]";
  }

  @Override
  public String index(long number) {
    return literal(Integer.SIZE, number);
  }

  @Override
  public String state(Node.GetState state) {
    String field = "s->" + field(state.name());
    return state.width() == 1 ? "(" + field + " != 0u)" : field;
  }

  @Override
  public void setState(SourceWriter out, String name, int width, String value) {
    out.line("s->%s = %s;", field(name), width == 1 ? value + " ? 1u : 0u" : value);
  }

  @Override
  public void load(SourceWriter out, String declared, int width, int bytes, String address) {
    out.line("%s = a64_load%d(s, segments, memory, %s);", declared, bytes * Byte.SIZE, address);
    leaveIfStopped(out);
  }

  @Override
  public void store(SourceWriter out, int width, int bytes, String address, String value) {
    out.line("a64_store%d(s, segments, memory, %s, %s);", bytes * Byte.SIZE, address, value);
    leaveIfStopped(out);
  }

  private void leaveIfStopped(SourceWriter out) {
    out.open("if (s->stop != 0u)").line(stopped).close();
  }

  private void stop(SourceWriter out, String code, String argument) {
    out.line("a64_stop(s, %s, %s);", code, argument);
    out.line(stopped);
  }

  @Override
  public void undefined(SourceWriter out) {
    stop(out, GuestLayout.UNDEFINED, "0ul");
  }

  @Override
  public void raise(SourceWriter out, String trap, Optional<String> argument) {
    stop(out, GuestLayout.stop(trap), argument.orElse("0ul"));
  }

  @Override
  public boolean host(
      SourceWriter out, Effect.Host host, Optional<String> declared, String arguments) {
    if (!ShaderHost.knows(host.name())) {
      stop(out, GuestLayout.stop(host.name()), "0ul");
      return false;
    }
    declared.ifPresent(local -> out.line("%s = %s;", local, ShaderHost.call(host.name())));
    return true;
  }

  @Override
  public void call(
      SourceWriter out, Effect.Call call, Optional<String> declared, String arguments) {
    out.line(
        "%sa64_%s(s%s%s);",
        declared.map(local -> local + " = ").orElse(""),
        call.function().name(),
        facts.touchesMemory(call.function()) ? ", segments, memory" : "",
        arguments.isEmpty() ? "" : ", " + arguments);
    if (facts.mayStop(call.function())) {
      leaveIfStopped(out);
    }
  }
}
