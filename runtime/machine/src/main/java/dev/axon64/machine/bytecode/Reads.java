package dev.axon64.machine.bytecode;

import dev.axon64.codegen.isa.ir.Node;
import java.lang.classfile.CodeBuilder;

/** Where compiled code finds what its values read: registers, locals, the pc and the word. */
@FunctionalInterface
public interface Reads {
  /**
   * Pushes what a legal node reads.
   *
   * @param code takes the instructions that push an {@code int} for a width of 1 or 32 bits and a
   *     {@code long} for 64; a truth is 0 or 1
   */
  void push(CodeBuilder code, Node.Read read);

  /**
   * What a branch may decide in a truth's place, so that the truth need not become a number.
   *
   * @return the same truth
   */
  default Node decided(Node.Read truth) {
    return truth;
  }
}
