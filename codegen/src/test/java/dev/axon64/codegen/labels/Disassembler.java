package dev.axon64.codegen.labels;

import java.io.IOException;
import java.util.List;

/** A disassembler written elsewhere. */
public interface Disassembler extends AutoCloseable {
  /** Its name and version, for the line that a test prints. */
  String name();

  /** Returns one instruction per word, in order. */
  List<Instruction> disassemble(int[] words) throws IOException, InterruptedException;

  @Override
  void close();

  /**
   * A word as a disassembler reads it.
   *
   * @param word the word
   * @param mnemonic in lower case; empty if the disassembler calls the word undefined
   * @param operands in its own syntax, without its comments
   */
  record Instruction(int word, String mnemonic, String operands) {
    /** Whether the disassembler knows the word. */
    public boolean defined() {
      return !mnemonic.isEmpty();
    }

    @Override
    public String toString() {
      return String.format("%08x %s %s", word, defined() ? mnemonic : "undefined", operands);
    }
  }

  /** Says that a disassembler is not on this machine or cannot be used, and why. */
  final class AbsentException extends Exception {
    private static final long serialVersionUID = 1L;

    AbsentException(String why) {
      super(why);
    }
  }
}
