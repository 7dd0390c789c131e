package dev.axon64.codegen.isa.text;

import dev.axon64.codegen.isa.Instruction;
import dev.axon64.codegen.isa.InstructionSet;
import dev.axon64.codegen.isa.decode.DecodeTree;
import dev.axon64.codegen.isa.elaborate.WordEvaluator;
import dev.axon64.codegen.isa.syntax.Declaration;
import dev.axon64.codegen.isa.syntax.Expression;
import dev.axon64.codegen.support.InputException;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes words in assembly, as the instruction spec says and as GNU objdump does. */
public final class Disassembler {
  private final InstructionSet set;
  private final DecodeTree decoder;

  /** By identity, for a declaration's hash goes through its whole body. */
  private final Map<Declaration.Instruction, List<Line>> lines = new IdentityHashMap<>();

  private record Line(Optional<Expression> condition, Template template) {}

  /**
   * Prepares all texts of a spec.
   *
   * @throws InputException if one of them is malformed
   */
  public Disassembler(InstructionSet set) {
    this.set = set;
    decoder = set.decoder();
    for (Instruction instruction : set.instructions()) {
      lines.computeIfAbsent(instruction.declaration(), Disassembler::lines);
    }
  }

  private static List<Line> lines(Declaration.Instruction declaration) {
    return declaration.asm().stream()
        .map(asm -> new Line(asm.condition(), Template.parse(asm.at(), asm.text())))
        .toList();
  }

  /** The instruction that owns a word; empty if the word is undefined. */
  public Optional<Instruction> instruction(int word) {
    int index = decoder.find(word);
    return index < 0 ? Optional.empty() : Optional.of(set.instructions().get(index));
  }

  /**
   * The text of a word.
   *
   * @param address where it stands, from which targets are computed
   */
  public String text(int word, long address) {
    return instruction(word)
        .map(instruction -> text(instruction.declaration(), word, address))
        .orElseGet(() -> String.format(".inst 0x%08x ; undefined", word));
  }

  /** The first word of the text; {@code .inst} for an undefined word. */
  public String mnemonic(int word) {
    String text = text(word, 0);
    int space = text.indexOf(' ');
    return space < 0 ? text : text.substring(0, space);
  }

  private String text(Declaration.Instruction declaration, int word, long address) {
    WordEvaluator evaluator = new WordEvaluator(set.globals(), declaration, word, address);
    for (Line line : lines.get(declaration)) {
      if (line.condition.isEmpty() || evaluator.holds(line.condition.get())) {
        return line.template.print(evaluator);
      }
    }
    throw new IllegalStateException(declaration.name() + " ends in an asm line with 'when'");
  }
}
