package dev.axon64.codegen.emit.isa.clike;

import dev.axon64.codegen.emit.SourceWriter;
import dev.axon64.codegen.isa.ir.BinaryOp;
import dev.axon64.codegen.isa.ir.Effect;
import dev.axon64.codegen.isa.ir.Node;
import dev.axon64.codegen.isa.ir.UnaryOp;
import java.util.Optional;

/**
 * How a C-like language spells what C-like languages spell differently, and how its code finds the
 * machine. Operands come as text that may stand beside any operator. Widths are those of legal
 * nodes: 1, 32 and 64.
 */
public interface Dialect {
  // Values.

  /** The type of a width. */
  String type(int width);

  /** A constant. */
  String literal(int width, long value);

  /** CLZ, COUNT, REVERSE or REVERSE_BYTES. */
  String unary(UnaryOp op, int width, String a);

  /**
   * UDIV, SDIV, UMULH, SMULH, LSR, ASR, ULT or SLT.
   *
   * @param width of the operands
   */
  String binary(BinaryOp op, int width, String a, String b);

  /**
   * ROR.
   *
   * @param amountWidth of the amount, 32 or 64
   */
  String rotated(int width, String a, int amountWidth, String amount);

  /** 32 bits as 64. */
  String widened(boolean signed, String a);

  /** The low 32 bits of 64. */
  String lowHalf(String a);

  // The machine.

  /**
   * A general register's value or place.
   *
   * @param index its number as an index
   * @param known whether the number is a constant
   * @param stack whether number 31 is the stack pointer
   */
  String general(String index, boolean known, boolean stack);

  /**
   * Half of a vector register.
   *
   * @param half 0 for the lower one
   */
  String vector(String index, boolean known, int half);

  /** A declared register's value. */
  String state(Node.GetState state);

  /** A register's number as an index. */
  String index(long number);

  /** Assigns a declared register. */
  void setState(SourceWriter out, String name, int width, String value);

  // Statements.

  /** Reads memory into a local; the code after it is reached only if that succeeds. */
  void load(SourceWriter out, String declared, int width, int bytes, String address);

  /** Writes memory; the code after it is reached only if that succeeds. */
  void store(SourceWriter out, int width, int bytes, String address, String value);

  /** Ends the instruction because its word is unallocated. */
  void undefined(SourceWriter out);

  /**
   * Ends the instruction with a trap.
   *
   * @param argument 64 bits; empty if it has none
   */
  void raise(SourceWriter out, String trap, Optional<String> argument);

  /**
   * Asks the machine around the CPU.
   *
   * @param declared the local that takes the answer of 64 bits; empty if there is none
   * @return whether the code after it can be reached
   */
  boolean host(SourceWriter out, Effect.Host host, Optional<String> declared, String arguments);

  /**
   * Calls a shared function; the code after it is reached only if the function does not end the
   * instruction.
   *
   * @param declared the local that takes its result; empty if there is none
   * @param arguments separated by commas
   */
  void call(SourceWriter out, Effect.Call call, Optional<String> declared, String arguments);
}
