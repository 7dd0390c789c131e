package dev.axon64.codegen.isa.text;

import dev.axon64.codegen.isa.decode.Decoder;
import dev.axon64.codegen.isa.elaborate.Globals;
import dev.axon64.codegen.isa.elaborate.WordEvaluator;
import dev.axon64.codegen.isa.form.AsmLine;
import dev.axon64.codegen.isa.form.Form;
import dev.axon64.codegen.isa.model.Instruction;
import dev.axon64.codegen.isa.model.InstructionSet;
import java.util.Optional;

/** Writes words in assembly, as the instruction spec says and as GNU objdump does. */
public final class Disassembler {
  private final InstructionSet set;
  private final Decoder decoder;
  private final Globals globals;

  /** Writes the instructions of a spec. */
  public Disassembler(InstructionSet set) {
    this.set = set;
    decoder = set.decoder();
    globals = new Globals(set.names());
  }

  /** The instruction that owns a word; empty if the word is undefined. */
  public Optional<Instruction> instruction(int word) {
    int index = decoder.find(word);
    return index < 0 ? Optional.empty() : Optional.of(set.instructions().get(index));
  }

  /**
   * Returns the text of a word.
   *
   * @param address the word's address, from which targets are computed
   */
  public String text(int word, long address) {
    return instruction(word)
        .map(instruction -> text(instruction.form(), word, address))
        .orElseGet(() -> String.format(".inst 0x%08x ; undefined", word));
  }

  /** The first word of the text; {@code .inst} for an undefined word. */
  public String mnemonic(int word) {
    String text = text(word, 0);
    int space = text.indexOf(' ');
    return space < 0 ? text : text.substring(0, space);
  }

  private String text(Form form, int word, long address) {
    WordEvaluator evaluator = new WordEvaluator(globals, form.fields(), word, address);
    for (AsmLine line : form.lines()) {
      if (line.condition().isEmpty() || evaluator.holds(line.condition().get())) {
        return line.template().print(evaluator::number);
      }
    }
    throw new IllegalStateException(form.name() + " ends in an asm line with 'when'");
  }
}
