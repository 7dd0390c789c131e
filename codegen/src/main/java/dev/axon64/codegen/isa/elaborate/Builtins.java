package dev.axon64.codegen.isa.elaborate;

import dev.axon64.codegen.isa.elaborate.Value.Bits;
import dev.axon64.codegen.isa.ir.BinaryOp;
import dev.axon64.codegen.isa.ir.Node;
import dev.axon64.codegen.isa.ir.Ops;
import dev.axon64.codegen.isa.syntax.Position;
import java.util.List;
import java.util.Map;

/** The built-in functions that LANGUAGE.md lists. */
final class Builtins {
  private static final Map<String, Integer> ARITIES =
      Map.ofEntries(
          Map.entry("lsl", 2),
          Map.entry("lsr", 2),
          Map.entry("asr", 2),
          Map.entry("ror", 2),
          Map.entry("zx", 2),
          Map.entry("sx", 2),
          Map.entry("bits", 2),
          Map.entry("replicate", 2),
          Map.entry("rev", 2),
          Map.entry("udiv", 2),
          Map.entry("sdiv", 2),
          Map.entry("umulh", 2),
          Map.entry("smulh", 2),
          Map.entry("zeros", 1),
          Map.entry("ones", 1),
          Map.entry("clz", 1),
          Map.entry("cnt", 1),
          Map.entry("rbit", 1),
          Map.entry("log2", 1),
          Map.entry("width", 1));

  private Builtins() {}

  /** Whether a built-in function has that name. */
  static boolean has(String name) {
    return ARITIES.containsKey(name);
  }

  static Value call(String name, List<Value> arguments, Position at) {
    Integer arity = ARITIES.get(name);
    if (arity == null) {
      throw at.error("'" + name + "' is no function; declare it or see LANGUAGE.md's table");
    }
    if (arity != arguments.size()) {
      throw at.error(name + " takes " + arity + " values; " + arguments.size() + " are given");
    }
    Value a = arguments.get(0);
    Value b = arity == 2 ? arguments.get(1) : null;
    return switch (name) {
      case "zeros" -> Wide.make(width(a, at), 0, 0);
      case "ones" -> Wide.make(width(a, at), -1, -1);
      case "bits" -> Value.number(a.asNumber(at)).asBits(width(b, at), at);
      case "log2" -> log2(a.asNumber(at), at);
      case "width" -> Value.number(a.asBits(at).width());
      case "udiv", "sdiv", "umulh", "smulh" -> arithmetic(name, a, b, at);
      default -> onBits(name, a.asBits(at), b, at);
    };
  }

  private static Value onBits(String name, Bits a, Value b, Position at) {
    return switch (name) {
      case "lsl" -> Wide.shift(BinaryOp.LSL, a, amount(b, at));
      case "lsr" -> Wide.shift(BinaryOp.LSR, a, amount(b, at));
      case "asr" -> Wide.shift(BinaryOp.ASR, a, amount(b, at));
      case "ror" -> rotate(a, b, at);
      case "zx" -> extend(a, width(b, at), false, at);
      case "sx" -> extend(a, width(b, at), true, at);
      case "replicate" -> replicate(a, b.asNumber(at), at);
      case "rev" -> reverse(a, b.asNumber(at), at);
      case "clz" -> Wide.leadingZeros(a);
      case "cnt" -> Wide.ones(a);
      default -> Wide.reverse(a, 1);
    };
  }

  static int width(Value value, Position at) {
    long width = value.asNumber(at);
    if (width < 1 || width > Value.WIDEST) {
      throw at.error("a width of " + width + "; give 1 to " + Value.WIDEST);
    }
    return (int) width;
  }

  private static Node amount(Value value, Position at) {
    if (value instanceof Value.Number n) {
      if (n.value() < 0) {
        throw at.error("a shift by " + n.value() + "; give 0 or more");
      }
      return Ops.constant(Long.SIZE, n.value());
    }
    return value.asNode(at);
  }

  private static Value rotate(Bits a, Value b, Position at) {
    Node amount = amount(b, at);
    if (Integer.bitCount(a.width()) != 1 && !(amount instanceof Node.Const)) {
      throw at.error(
          "ror of "
              + a.width()
              + " bits by an amount that is not known; the width must be a power of two");
    }
    return Wide.rotate(a, amount);
  }

  private static Value extend(Bits a, int width, boolean signed, Position at) {
    if (width < a.width()) {
      throw at.error("the value has " + a.width() + " bits already; slice it to " + width);
    }
    return Wide.extend(a, width, signed);
  }

  private static Value replicate(Bits a, long times, Position at) {
    if (times < 1 || times > Value.WIDEST || times * a.width() > Value.WIDEST) {
      throw at.error(times + " copies of " + a.width() + " bits; values have 1 to " + Value.WIDEST);
    }
    if (a.width() == 1) {
      return Wide.extend(a, (int) times, true);
    }
    Bits result = a;
    for (int i = 1; i < times; i++) {
      result = Wide.concat(a, result);
    }
    return result;
  }

  private static Value reverse(Bits a, long unit, Position at) {
    if (unit < 1 || unit > a.width() || a.width() % unit != 0) {
      throw at.error(
          "parts of "
              + unit
              + " bits of a value of "
              + a.width()
              + "; give a divisor of the width");
    }
    return Wide.reverse(a, (int) unit);
  }

  private static Value log2(long value, Position at) {
    if (value < 1 || Long.bitCount(value) != 1) {
      throw at.error("log2 of " + value + "; give a power of two");
    }
    return Value.number(Long.numberOfTrailingZeros(value));
  }

  private static Value arithmetic(String name, Value a, Value b, Position at) {
    int width = (a instanceof Bits bits ? bits : b.asBits(at)).width();
    Node x = a.asBits(width, at).asNode(at);
    Node y = b.asBits(width, at).asNode(at);
    boolean upper = name.endsWith("mulh");
    if (upper && width > Integer.SIZE && width != Long.SIZE) {
      throw at.error(name + " of " + width + " bits; up to 32, or 64");
    }
    return Bits.of(
        Ops.binary(
            switch (name) {
              case "udiv" -> BinaryOp.UDIV;
              case "sdiv" -> BinaryOp.SDIV;
              case "umulh" -> BinaryOp.UMULH;
              default -> BinaryOp.SMULH;
            },
            x,
            y));
  }
}
