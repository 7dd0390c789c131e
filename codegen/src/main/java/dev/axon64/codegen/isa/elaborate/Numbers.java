package dev.axon64.codegen.isa.elaborate;

import dev.axon64.codegen.isa.syntax.Position;

/** Operators on numbers. */
final class Numbers {
  private Numbers() {}

  static long apply(String operator, long a, long b, Position at) {
    return switch (operator) {
      case "+" -> a + b;
      case "-" -> a - b;
      case "*" -> a * b;
      case "/" -> a / divisor(b, at);
      case "%" -> a % divisor(b, at);
      case "<<" -> a << distance(b, at);
      case ">>" -> a >> distance(b, at);
      case "&" -> a & b;
      case "|" -> a | b;
      case "^" -> a ^ b;
      case "==" -> truth(a == b);
      case "!=" -> truth(a != b);
      case "<", "<s" -> truth(a < b);
      case "<=", "<=s" -> truth(a <= b);
      case ">", ">s" -> truth(a > b);
      case ">=", ">=s" -> truth(a >= b);
      case "<u" -> truth(Long.compareUnsigned(a, b) < 0);
      case "<=u" -> truth(Long.compareUnsigned(a, b) <= 0);
      case ">u" -> truth(Long.compareUnsigned(a, b) > 0);
      case ">=u" -> truth(Long.compareUnsigned(a, b) >= 0);
      default -> throw new IllegalArgumentException("operator " + operator);
    };
  }

  private static long truth(boolean value) {
    return value ? 1 : 0;
  }

  private static long divisor(long b, Position at) {
    if (b == 0) {
      throw at.error("division by zero; use another divisor");
    }
    return b;
  }

  private static long distance(long b, Position at) {
    if (b < 0 || b >= Long.SIZE) {
      throw at.error("a shift by " + b + "; give 0 to 63");
    }
    return b;
  }
}
