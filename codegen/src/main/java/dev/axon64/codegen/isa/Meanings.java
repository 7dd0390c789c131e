package dev.axon64.codegen.isa;

import dev.axon64.codegen.isa.elaborate.Globals;
import dev.axon64.codegen.isa.elaborate.InstructionBuilder;
import dev.axon64.codegen.isa.ir.Effect;
import dev.axon64.codegen.isa.syntax.Declaration;
import dev.axon64.codegen.isa.syntax.IsaParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What single words mean, worked out when asked for: making all copies of all instructions, as
 * {@link InstructionSet} does, takes seconds. Serves one thread.
 */
public final class Meanings {
  private final List<Declaration.Instruction> declarations = new ArrayList<>();
  private final InstructionBuilder builder;

  private Meanings(List<Declaration> all) {
    builder = new InstructionBuilder(new Globals(all));
    for (Declaration one : all) {
      if (one instanceof Declaration.Instruction instruction) {
        declarations.add(instruction);
      }
    }
  }

  /** Of the shipped A64 spec. */
  public static Meanings a64() {
    List<Declaration> all = new ArrayList<>();
    InstructionSet.a64Files().forEach((name, text) -> all.addAll(IsaParser.parse(name, text)));
    return new Meanings(all);
  }

  /**
   * What a word does at an address.
   *
   * @return without fields and pc, whose values are known; empty if no instruction owns the word
   */
  public Optional<List<Effect>> of(int word, long address) {
    return declarations.stream()
        .filter(declaration -> builder.owns(declaration, word))
        .findFirst()
        .map(declaration -> builder.meaning(declaration, word, address));
  }
}
