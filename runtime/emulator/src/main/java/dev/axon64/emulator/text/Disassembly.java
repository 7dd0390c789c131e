package dev.axon64.emulator.text;

import dev.axon64.codegen.isa.InstructionSpec;
import dev.axon64.codegen.isa.text.Disassembler;
import java.util.List;

/**
 * An instruction in assembly, with its operands.
 *
 * @param text all of it, as GNU objdump writes it
 * @param mnemonic its first word, such as {@code ldr} or {@code b.eq}; {@code .inst} for a word
 *     that is undefined, which has no operands
 */
public record Disassembly(String text, String mnemonic, List<Operand> operands) {
  private static final String UNDEFINED = ".inst";

  /** Made when it is first used. */
  private static final class Shipped {
    static final Disassembler A64 = new Disassembler(InstructionSpec.a64());
  }

  public Disassembly {
    operands = List.copyOf(operands);
  }

  /**
   * Disassembles a word.
   *
   * @param address where it stands, from which labels are computed
   */
  public static Disassembly of(int word, long address) {
    String text = Shipped.A64.text(word, address);
    int space = text.indexOf(' ');
    String mnemonic = space < 0 ? text : text.substring(0, space);
    boolean none = space < 0 || mnemonic.equals(UNDEFINED);
    List<Operand> operands =
        none ? List.of() : OperandParser.parse(mnemonic, text.substring(space + 1));
    return new Disassembly(text, mnemonic, operands);
  }
}
