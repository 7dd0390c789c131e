package dev.axon64.codegen.isa;

import static dev.axon64.codegen.isa.IrInterpreter.beyond;
import static dev.axon64.codegen.isa.IrInterpreter.cut;
import static dev.axon64.codegen.isa.IrInterpreter.reversed;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes random expressions of the language, and computes their values beside them. */
final class RandomExpression {
  private static final int WIDEST = 128;

  /** Multiples of 8, the borders of 32, 64 and 128 bits, and a few odd widths. */
  private static final int[] WIDTHS = {
    1, 2, 5, 8, 16, 24, 31, 32, 33, 63, 64, 65, 80, 96, 127, 128
  };

  private final Random random;
  private final List<Term> leaves = new ArrayList<>();

  /** Makes the same expressions for the same seed. */
  RandomExpression(long seed) {
    random = new Random(seed);
  }

  /** Adds something that expressions may be made of. */
  void leaf(Term term) {
    leaves.add(term);
  }

  int width() {
    return WIDTHS[random.nextInt(WIDTHS.length)];
  }

  /** A random number below a bound. */
  int pick(int bound) {
    return random.nextInt(bound);
  }

  /** Random bits, with many that are all zeros, all ones or few. */
  BigInteger bits(int width) {
    return switch (random.nextInt(6)) {
      case 0 -> BigInteger.ZERO;
      case 1 -> cut(BigInteger.ONE.negate(), width);
      case 2 -> BigInteger.ONE.shiftLeft(random.nextInt(width));
      case 3 -> cut(BigInteger.valueOf(random.nextInt(9) - 4), width);
      default -> new BigInteger(width, random);
    };
  }

  /** An expression of a width. */
  Term term(int width, int depth) {
    if (depth == 0) {
      return leaf(width);
    }
    return switch (random.nextInt(12)) {
      case 0 -> leaf(width);
      case 1, 2 -> infix(width, depth - 1);
      case 3 -> unary(width, depth - 1);
      case 4 -> choice(width, depth - 1);
      case 5, 6 -> shift(width, depth - 1);
      case 7 -> slice(width, depth - 1);
      case 8 -> width > 1 ? concat(width, depth - 1) : comparison(depth - 1);
      case 9 -> width > 1 ? extension(width, depth - 1) : logic(depth - 1);
      case 10 -> function(width, depth - 1);
      default -> width == 1 ? comparison(depth - 1) : withNumber(width, depth - 1);
    };
  }

  private Term leaf(int width) {
    List<Term> wide = leaves.stream().filter(leaf -> leaf.width() >= width).toList();
    if (wide.isEmpty() || random.nextInt(5) == 0) {
      return constant(width);
    }
    Term leaf = wide.get(random.nextInt(wide.size()));
    if (leaf.width() == width) {
      return leaf;
    }
    return leaf.slice(width, random.nextInt(leaf.width() - width + 1));
  }

  /** Numbers have 64 bits, so longer ones are put together. */
  private Term constant(int width) {
    BigInteger value = bits(width);
    String text =
        width <= 64
            ? "bits(0x" + value.toString(16) + ", " + width + ")"
            : "(bits(0x%s, %d) @ bits(0x%s, 64))"
                .formatted(
                    value.shiftRight(64).toString(16), width - 64, cut(value, 64).toString(16));
    return new Term(text, width, value);
  }

  private Term infix(int width, int depth) {
    Term a = term(width, depth);
    Term b = term(width, depth);
    String operator = List.of("+", "-", "*", "&", "|", "^").get(random.nextInt(6));
    BigInteger value =
        switch (operator) {
          case "+" -> a.value().add(b.value());
          case "-" -> a.value().subtract(b.value());
          case "*" -> a.value().multiply(b.value());
          case "&" -> a.value().and(b.value());
          case "|" -> a.value().or(b.value());
          default -> a.value().xor(b.value());
        };
    return Term.of("(" + a.text() + " " + operator + " " + b.text() + ")", width, value);
  }

  private Term withNumber(int width, int depth) {
    Term a = term(width, depth);
    int bits = Math.min(width, 32);
    long number = new BigInteger(bits, random).longValue();
    if (random.nextBoolean()) {
      number = -(number >>> 1) - 1;
    }
    return Term.of(
        "(" + a.text() + " + " + number + ")", width, a.value().add(BigInteger.valueOf(number)));
  }

  private Term unary(int width, int depth) {
    Term a = term(width, depth);
    return random.nextBoolean()
        ? Term.of("(-" + a.text() + ")", width, a.value().negate())
        : Term.of("(~" + a.text() + ")", width, a.value().not());
  }

  private Term choice(int width, int depth) {
    Term condition = term(1, depth);
    Term yes = term(width, depth);
    Term no = term(width, depth);
    return new Term(
        "(" + condition.text() + " ? " + yes.text() + " : " + no.text() + ")",
        width,
        condition.value().testBit(0) ? yes.value() : no.value());
  }

  private Term shift(int width, int depth) {
    Term a = term(width, depth);
    boolean isKnown = random.nextBoolean();
    Term by = isKnown ? number(width) : term(1 + random.nextInt(64), Math.min(depth, 1));
    boolean rotates = isKnown || Integer.bitCount(width) == 1;
    String operator = List.of("lsl", "lsr", "asr", "ror").get(random.nextInt(rotates ? 4 : 3));
    int amount = beyond(by.value(), width) ? width : by.value().intValue();
    int turn = by.value().mod(BigInteger.valueOf(width)).intValue();
    BigInteger value =
        switch (operator) {
          case "lsl" -> a.value().shiftLeft(amount);
          case "lsr" -> a.value().shiftRight(amount);
          case "asr" -> a.signedValue().shiftRight(amount);
          default -> a.value().shiftRight(turn).or(a.value().shiftLeft(width - turn));
        };
    return Term.of(operator + "(" + a.text() + ", " + by.text() + ")", width, value);
  }

  private Term number(int width) {
    int number = random.nextInt(width + width / 2 + 2);
    return new Term("" + number, 32, BigInteger.valueOf(number));
  }

  private Term slice(int width, int depth) {
    int whole = width + random.nextInt(WIDEST - width + 1);
    return term(whole, depth).slice(width, random.nextInt(whole - width + 1));
  }

  private Term concat(int width, int depth) {
    if (random.nextInt(4) == 0) {
      int copies = List.of(2, 3, 4, 8, 16).get(random.nextInt(5));
      if (width % copies == 0) {
        return copies(term(width / copies, depth), copies);
      }
    }
    int low = 1 + random.nextInt(width - 1);
    Term a = term(width - low, depth);
    Term b = term(low, depth);
    return Term.of(
        "(" + a.text() + " @ " + b.text() + ")", width, a.value().shiftLeft(low).or(b.value()));
  }

  private Term copies(Term a, int copies) {
    BigInteger value = BigInteger.ZERO;
    for (int i = 0; i < copies; i++) {
      value = value.shiftLeft(a.width()).or(a.value());
    }
    return Term.of("replicate(" + a.text() + ", " + copies + ")", a.width() * copies, value);
  }

  private Term extension(int width, int depth) {
    Term a = term(1 + random.nextInt(width), depth);
    return random.nextBoolean()
        ? Term.of("zx(" + a.text() + ", " + width + ")", width, a.value())
        : Term.of("sx(" + a.text() + ", " + width + ")", width, a.signedValue());
  }

  private Term function(int width, int depth) {
    Term a = term(width, depth);
    switch (random.nextInt(width <= 64 ? 6 : 4)) {
      case 0:
        return Term.of(
            "clz(" + a.text() + ")", width, BigInteger.valueOf(width - a.value().bitLength()));
      case 1:
        return Term.of("cnt(" + a.text() + ")", width, BigInteger.valueOf(a.value().bitCount()));
      case 2:
        return Term.of("rbit(" + a.text() + ")", width, reversed(a.value(), width, 1));
      case 3:
        int unit = 1 + random.nextInt(width);
        unit = width % unit == 0 ? unit : width;
        return Term.of(
            "rev(" + a.text() + ", " + unit + ")", width, reversed(a.value(), width, unit));
      case 4:
        return product(a, term(width, depth));
      default:
        return quotient(a, term(width, depth));
    }
  }

  private Term product(Term a, Term b) {
    String values = "(" + a.text() + ", " + b.text() + ")";
    if (a.width() > 32 && a.width() != 64) {
      return quotient(a, b);
    }
    return random.nextBoolean()
        ? Term.of("umulh" + values, a.width(), a.value().multiply(b.value()).shiftRight(a.width()))
        : Term.of(
            "smulh" + values,
            a.width(),
            a.signedValue().multiply(b.signedValue()).shiftRight(a.width()));
  }

  private Term quotient(Term a, Term b) {
    String values = "(" + a.text() + ", " + b.text() + ")";
    boolean isSigned = random.nextBoolean();
    BigInteger value =
        b.value().signum() == 0
            ? BigInteger.ZERO
            : isSigned ? a.signedValue().divide(b.signedValue()) : a.value().divide(b.value());
    return Term.of((isSigned ? "sdiv" : "udiv") + values, a.width(), value);
  }

  private Term comparison(int depth) {
    int width = width();
    Term a = term(width, depth);
    Term b = random.nextInt(2) == 0 ? near(a) : term(width, depth);
    String operator =
        List.of("==", "!=", "<u", "<=u", ">u", ">=u", "<s", "<=s", ">s", ">=s")
            .get(random.nextInt(10));
    int order =
        operator.endsWith("s")
            ? a.signedValue().compareTo(b.signedValue())
            : a.value().compareTo(b.value());
    boolean holds =
        switch (operator.replaceAll("[us]$", "")) {
          case "==" -> order == 0;
          case "!=" -> order != 0;
          case "<" -> order < 0;
          case "<=" -> order <= 0;
          case ">" -> order > 0;
          default -> order >= 0;
        };
    return Term.bit("(" + a.text() + " " + operator + " " + b.text() + ")", holds);
  }

  /** The same value, or one that differs in one bit, so that both halves of a wide value count. */
  private Term near(Term a) {
    int bit = random.nextInt(4) == 0 ? 63 : random.nextInt(a.width() + 1);
    if (bit >= a.width()) {
      return a;
    }
    String one = "lsl(zx(bits(1, 1), " + a.width() + "), " + bit + ")";
    return new Term("(" + a.text() + " ^ " + one + ")", a.width(), a.value().flipBit(bit));
  }

  private Term logic(int depth) {
    Term a = term(1, depth);
    if (random.nextInt(3) == 0) {
      return Term.bit("(!" + a.text() + ")", !a.value().testBit(0));
    }
    Term b = term(1, depth);
    return random.nextBoolean()
        ? Term.bit("(" + a.text() + " && " + b.text() + ")", a.value().and(b.value()).testBit(0))
        : Term.bit("(" + a.text() + " || " + b.text() + ")", a.value().or(b.value()).testBit(0));
  }
}
