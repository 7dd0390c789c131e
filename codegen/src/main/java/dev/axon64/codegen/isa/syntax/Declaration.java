package dev.axon64.codegen.isa.syntax;

import java.util.List;
import java.util.Optional;

/** A declaration as written. */
public sealed interface Declaration {
  /** The position of its name. */
  Position at();

  /** Its name. */
  String name();

  /**
   * A parameter.
   *
   * @param width what stands in {@code bits(...)}; empty for {@code int}
   */
  record Parameter(Position at, String name, Optional<Expression> width) {}

  /**
   * {@code state NAME[count]: bits(width) = reset trace "name" "letter" snapshot "name";}, of which
   * name and width must be there.
   *
   * @param count of registers; 0 if it is a single one
   * @param trace what a trace calls it; empty if it shows it not
   * @param letter what stands for it if several single bits are shown together as {@code trace}
   * @param snapshot what a snapshot calls it; empty if as it is declared
   */
  record State(
      Position at,
      String name,
      int count,
      int width,
      long reset,
      Optional<String> trace,
      Optional<String> letter,
      Optional<String> snapshot)
      implements Declaration {}

  /** {@code kernel NAME;}. */
  record Kernel(Position at, String name) implements Declaration {}

  /** {@code trap name(parameters);}. */
  record Trap(Position at, String name, List<Parameter> parameters) implements Declaration {}

  /** {@code host name(parameters) -> bits(width);}; without a result the width is 0. */
  record Host(Position at, String name, List<Parameter> parameters, int width)
      implements Declaration {}

  /** {@code const name = e;}. */
  record Constant(Position at, String name, Expression value) implements Declaration {}

  /** The type after a function's {@code ->}. */
  sealed interface Result {
    /** {@code int}. */
    record Number() implements Result {}

    /** {@code bits(width)}. */
    record Bits(Expression width) implements Result {}

    /** {@code (part, part)}. */
    record Several(List<Result> parts) implements Result {}
  }

  /** What stands after {@code shortcut}: {@code name(registers)}. */
  record Shortcut(Position at, String name, List<String> registers) {}

  /**
   * A function.
   *
   * @param shared whether it is generated as a function, not inlined
   * @param result empty if it returns nothing
   * @param shortcut what may compute it instead; never given if it is inlined
   */
  record Function(
      Position at,
      String name,
      boolean shared,
      List<Parameter> parameters,
      Optional<Result> result,
      Optional<Shortcut> shortcut,
      List<Statement> body)
      implements Declaration {}

  /** {@code asm "text" when condition;}. */
  record Asm(Position at, String text, Optional<Expression> condition) {}

  /**
   * An instruction before it is copied for its split fields.
   *
   * @param mask the bits that {@code bits} gives as 0 or 1
   * @param value what they are
   */
  record Instruction(
      Position at,
      String name,
      String kernel,
      int mask,
      int value,
      List<Field> fields,
      List<String> splits,
      List<Expression> conditions,
      List<Asm> asm,
      List<Statement> body)
      implements Declaration {}
}
