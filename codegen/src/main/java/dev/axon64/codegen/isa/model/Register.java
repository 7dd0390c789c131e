package dev.axon64.codegen.isa.model;

import java.util.Optional;
import java.util.Set;

/**
 * A register of the machine, or a file of them, as the spec declares it.
 *
 * @param count of registers; 1 if it is no file
 * @param width of each in bits
 * @param reset their value at reset
 * @param trace what a trace calls it, followed by its number in a file; empty if it is not shown
 * @param letter what stands for it where several single bits are shown together as {@code trace}
 * @param snapshot what a snapshot calls it
 */
public record Register(
    String name,
    int count,
    int width,
    long reset,
    Optional<String> trace,
    Optional<String> letter,
    String snapshot) {
  /** The file of general registers, without the zero register and the stack pointer. */
  public static final String GENERAL = "X";

  /** The stack pointer. */
  public static final String STACK = "SP";

  /** The file of vector registers. */
  public static final String VECTOR = "V";

  /** The address of the next instruction. */
  public static final String PC = "PC";

  /** The registers for which the language has special forms. */
  public static final Set<String> BUILT_IN = Set.of(GENERAL, STACK, VECTOR, PC);

  /** Whether instructions read and write the register by its name. */
  public boolean isNamed() {
    return !BUILT_IN.contains(name);
  }
}
