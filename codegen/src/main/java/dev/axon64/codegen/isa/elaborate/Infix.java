package dev.axon64.codegen.isa.elaborate;

import dev.axon64.codegen.isa.elaborate.Value.Bits;
import dev.axon64.codegen.isa.ir.BinaryOp;
import dev.axon64.codegen.isa.ir.Ops;
import dev.axon64.codegen.isa.syntax.Expression;
import dev.axon64.codegen.isa.syntax.Position;
import java.util.Optional;

/** Infix operators. */
final class Infix {
  private final Expressions expressions;

  Infix(Expressions expressions) {
    this.expressions = expressions;
  }

  /** The value of both operands under their operator. */
  Value value(Expression.Binary e) {
    return switch (e.operator()) {
      case "&&", "||" -> logical(e);
      case "@" -> concatenation(e);
      default -> arithmetic(e);
    };
  }

  /** The right side of a known left one is only looked at where it decides. */
  private Value logical(Expression.Binary e) {
    boolean and = e.operator().equals("&&");
    Value a = expressions.value(e.left());
    Optional<Boolean> known = expressions.known(a, e.left().at());
    if (known.isPresent() && known.get() != and) {
      return truth(a, known.get());
    }
    Value b = expressions.value(e.right());
    Optional<Boolean> second = expressions.known(b, e.right().at());
    if (known.isPresent()) {
      return second.isPresent() ? truth(b, second.get()) : b;
    }
    if (second.isPresent()) {
      return second.get() == and ? a : truth(a, second.get());
    }
    return Wide.bitwise(and ? BinaryOp.AND : BinaryOp.OR, a.asBits(e.at()), b.asBits(e.at()));
  }

  private Value concatenation(Expression.Binary e) {
    Value a = expressions.value(e.left());
    Value b = expressions.value(e.right());
    Bits high = a.asBits(e.left().at());
    Bits low = b.asBits(e.right().at());
    if (high.width() + low.width() > Value.WIDEST) {
      throw e.at()
          .error(
              high.width() + low.width() + " bits together; values have up to 128, so slice one");
    }
    return Wide.concat(high, low);
  }

  private Value arithmetic(Expression.Binary e) {
    Value a = expressions.value(e.left());
    Value b = expressions.value(e.right());
    if (a instanceof Value.Number x && b instanceof Value.Number y) {
      return Value.number(Numbers.apply(e.operator(), x.value(), y.value(), e.at()));
    }
    int width = (a instanceof Bits bits ? bits : b.asBits(e.at())).width();
    return operate(e.operator(), a.asBits(width, e.at()), b.asBits(width, e.at()), e.at());
  }

  /** A truth as a number where a number decided it, and as a bit otherwise. */
  private static Value truth(Value of, boolean value) {
    long number = value ? 1 : 0;
    return of instanceof Bits ? Bits.of(Ops.constant(1, number)) : new Value.Number(number, 1);
  }

  private static Value operate(String operator, Bits a, Bits b, Position at) {
    return switch (operator) {
      case "+" -> Wide.add(a, b);
      case "-" -> Wide.subtract(a, b);
      case "*" -> Wide.multiply(a, b);
      case "&" -> Wide.bitwise(BinaryOp.AND, a, b);
      case "|" -> Wide.bitwise(BinaryOp.OR, a, b);
      case "^" -> Wide.bitwise(BinaryOp.XOR, a, b);
      case "==" -> Bits.of(Wide.equal(a, b));
      case "!=" -> Bits.of(Ops.not(Wide.equal(a, b)));
      case "<u" -> Bits.of(Wide.less(a, b, false));
      case ">u" -> Bits.of(Wide.less(b, a, false));
      case "<=u" -> Bits.of(Ops.not(Wide.less(b, a, false)));
      case ">=u" -> Bits.of(Ops.not(Wide.less(a, b, false)));
      case "<s" -> Bits.of(Wide.less(a, b, true));
      case ">s" -> Bits.of(Wide.less(b, a, true));
      case "<=s" -> Bits.of(Ops.not(Wide.less(b, a, true)));
      case ">=s" -> Bits.of(Ops.not(Wide.less(a, b, true)));
      case "<", "<=", ">", ">=" ->
          throw at.error(
              "bits are compared signed or unsigned; write " + operator + "s or " + operator + "u");
      default -> throw at.error("'" + operator + "' takes numbers only; bits have lsl, lsr, udiv");
    };
  }
}
