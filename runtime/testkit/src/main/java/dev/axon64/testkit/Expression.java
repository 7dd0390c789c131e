package dev.axon64.testkit;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * An expression of the instruction language, of 1 to 64 bits, with its value: a second opinion on
 * whatever reads, lowers or executes it, since it knows nothing but whole numbers.
 *
 * @param text as the language has it
 * @param value its value, at least 0 and below 2^width, from those of the registers n and m
 * @param parts what it is made of
 * @param again makes the same of other parts, as wide as these
 */
public record Expression(
    String text,
    int width,
    Value value,
    List<Expression> parts,
    Function<List<Expression>, Expression> again) {
  /** Computes a value. */
  public interface Value {
    BigInteger of(BigInteger n, BigInteger m);
  }

  private static Expression leaf(String text, int width, Value value) {
    return of(text, width, value, none -> leaf(text, width, value));
  }

  private static Expression of(
      String text,
      int width,
      Value value,
      Function<List<Expression>, Expression> again,
      Expression... parts) {
    return new Expression(text, width, (n, m) -> cut(value.of(n, m), width), List.of(parts), again);
  }

  private static BigInteger cut(BigInteger value, int width) {
    return value.mod(BigInteger.ONE.shiftLeft(width));
  }

  private static BigInteger signed(BigInteger value, int width) {
    return value.testBit(width - 1) ? value.subtract(BigInteger.ONE.shiftLeft(width)) : value;
  }

  static Expression constant(int width, long bits) {
    BigInteger value = cut(BigInteger.valueOf(bits), width);
    return leaf("bits(0x%s, %d)".formatted(value.toString(16), width), width, (n, m) -> value);
  }

  /** The low bits of a register. */
  static Expression register(boolean isN, int width) {
    String name = isN ? "n" : "m";
    String text = width == 64 ? name : width == 1 ? name + "[0]" : name + "[" + (width - 1) + ":0]";
    return leaf(text, width, (n, m) -> isN ? n : m);
  }

  /** One of {@code + - * & | ^}. */
  static Expression infix(char operator, Expression a, Expression b) {
    return of(
        "(" + a.text + " " + operator + " " + b.text + ")",
        a.width,
        (n, m) -> {
          BigInteger left = a.value.of(n, m);
          BigInteger right = b.value.of(n, m);
          return switch (operator) {
            case '+' -> left.add(right);
            case '-' -> left.subtract(right);
            case '*' -> left.multiply(right);
            case '&' -> left.and(right);
            case '|' -> left.or(right);
            case '^' -> left.xor(right);
            default -> throw new IllegalArgumentException("no operator: " + operator);
          };
        },
        parts -> infix(operator, parts.get(0), parts.get(1)),
        a,
        b);
  }

  /** Negation, or all bits inverted. */
  static Expression unary(boolean negates, Expression a) {
    return of(
        (negates ? "(-" : "(~") + a.text + ")",
        a.width,
        (n, m) -> negates ? a.value.of(n, m).negate() : a.value.of(n, m).not(),
        parts -> unary(negates, parts.get(0)),
        a);
  }

  /** One of {@code ==}, {@code <u} and {@code <s}; 1 bit. */
  static Expression comparison(String operator, Expression a, Expression b) {
    return of(
        "(" + a.text + " " + operator + " " + b.text + ")",
        1,
        (n, m) -> {
          boolean signs = operator.equals("<s");
          BigInteger left = a.value.of(n, m);
          BigInteger right = b.value.of(n, m);
          int order =
              signs
                  ? signed(left, a.width).compareTo(signed(right, b.width))
                  : left.compareTo(right);
          return (operator.equals("==") ? order == 0 : order < 0)
              ? BigInteger.ONE
              : BigInteger.ZERO;
        },
        parts -> comparison(operator, parts.get(0), parts.get(1)),
        a,
        b);
  }

  /** The second if the first, of 1 bit, is set, else the third. */
  static Expression choice(Expression condition, Expression yes, Expression no) {
    return of(
        "(" + condition.text + " ? " + yes.text + " : " + no.text + ")",
        yes.width,
        (n, m) -> condition.value.of(n, m).signum() != 0 ? yes.value.of(n, m) : no.value.of(n, m),
        parts -> choice(parts.get(2), parts.get(0), parts.get(1)),
        yes,
        no,
        condition);
  }

  /** Filled up with zeros, or with the sign. */
  static Expression extension(boolean signs, Expression a, int width) {
    return of(
        "%s(%s, %d)".formatted(signs ? "sx" : "zx", a.text, width),
        width,
        (n, m) -> signs ? signed(a.value.of(n, m), a.width) : a.value.of(n, m),
        parts -> extension(signs, parts.get(0), width),
        a);
  }

  /** The first above the second. */
  static Expression concatenation(Expression high, Expression low) {
    return of(
        "(" + high.text + " @ " + low.text + ")",
        high.width + low.width,
        (n, m) -> high.value.of(n, m).shiftLeft(low.width).or(low.value.of(n, m)),
        parts -> concatenation(parts.get(0), parts.get(1)),
        high,
        low);
  }

  /** Shifted by a number that is known: {@code lsl}, {@code lsr} or {@code asr}. */
  static Expression shift(String operator, Expression a, int by) {
    return of(
        "%s(%s, %d)".formatted(operator, a.text, by),
        a.width,
        (n, m) -> {
          BigInteger value = a.value.of(n, m);
          return switch (operator) {
            case "lsl" -> value.shiftLeft(by);
            case "lsr" -> value.shiftRight(by);
            default -> signed(value, a.width).shiftRight(by);
          };
        },
        parts -> shift(operator, parts.get(0), by),
        a);
  }

  /** The number of expressions in it. */
  int size() {
    return 1 + parts.stream().mapToInt(Expression::size).sum();
  }

  /**
   * Smaller ones of the same width: zero and one, parts of it, however deep, and itself with
   * something smaller in place of a part.
   */
  Stream<Expression> smaller() {
    if (parts.isEmpty()) {
      return Stream.empty();
    }
    Stream<Expression> inside =
        parts.stream().flatMap(Expression::withParts).filter(one -> one.width == width);
    Stream<Expression> within =
        IntStream.range(0, parts.size())
            .boxed()
            .flatMap(i -> parts.get(i).smaller().map(less -> with(i, less)));
    return Stream.of(Stream.of(constant(width, 0), constant(width, 1)), inside, within)
        .flatMap(all -> all);
  }

  private Expression with(int part, Expression other) {
    List<Expression> changed = new ArrayList<>(parts);
    changed.set(part, other);
    return again.apply(changed);
  }

  private Stream<Expression> withParts() {
    return Stream.concat(Stream.of(this), parts.stream().flatMap(Expression::withParts));
  }
}
