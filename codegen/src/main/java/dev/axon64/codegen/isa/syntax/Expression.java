package dev.axon64.codegen.isa.syntax;

import java.util.List;

/** An expression as written. */
public sealed interface Expression {
  /** The position of its first token or of its operator. */
  Position at();

  /** A literal; 64 bits, unsigned. */
  record Number(Position at, long value) implements Expression {}

  /** A field, parameter, local, constant or register of the machine. */
  record Name(Position at, String text) implements Expression {}

  /** {@code - ~ !}. */
  record Unary(Position at, String operator, Expression operand) implements Expression {}

  /** Any infix operator. */
  record Binary(Position at, String operator, Expression left, Expression right)
      implements Expression {}

  /** {@code condition ? yes : no}. */
  record Choice(Position at, Expression condition, Expression yes, Expression no)
      implements Expression {}

  /** {@code base[high:low]}; a single bit has the same expression twice. */
  record Slice(Position at, Expression base, Expression high, Expression low)
      implements Expression {}

  /** {@code X[r]}, {@code X[r, n]}, {@code Mem[a, k]}: the registers and memory. */
  record Access(Position at, String file, List<Expression> arguments) implements Expression {}

  /** {@code f(a, b)}. */
  record Call(Position at, String function, List<Expression> arguments) implements Expression {}

  /** {@code (a, b)}, for functions with several results. */
  record Tuple(Position at, List<Expression> parts) implements Expression {}
}
