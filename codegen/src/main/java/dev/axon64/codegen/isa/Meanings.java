package dev.axon64.codegen.isa;

import dev.axon64.codegen.isa.decode.Decoder;
import dev.axon64.codegen.isa.ir.Effect;
import dev.axon64.codegen.isa.ir.Specialiser;
import dev.axon64.codegen.isa.model.InstructionSet;
import java.util.List;
import java.util.Optional;

/** The meanings of single words, in which the fields and the pc have become known values. */
public final class Meanings {
  private final InstructionSet set;
  private final Decoder decoder;

  private Meanings(InstructionSet set) {
    this.set = set;
    this.decoder = set.decoder();
  }

  /** Returns the meanings of the shipped A64 spec. */
  public static Meanings a64() {
    return of(InstructionSpec.a64());
  }

  /** Returns the meanings of a spec. */
  public static Meanings of(InstructionSet set) {
    return new Meanings(set);
  }

  /**
   * Returns what a word does at an address.
   *
   * @return empty if no instruction owns the word
   */
  public Optional<List<Effect>> of(int word, long address) {
    int index = decoder.find(word);
    return index < 0
        ? Optional.empty()
        : Optional.of(Specialiser.of(set.instructions().get(index).body(), word, address));
  }
}
