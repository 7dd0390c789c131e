package dev.axon64.testkit;

import dev.axon64.codegen.isa.InstructionSpec;
import dev.axon64.codegen.isa.model.Instruction;
import dev.axon64.codegen.isa.model.WordSampler;
import dev.axon64.codegen.isa.text.Disassembler;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Random instructions of the spec, with the register fields in which encodings differ. */
public final class Instructions {
  private static final Disassembler TEXT = new Disassembler(InstructionSpec.a64());

  private Instructions() {}

  /** Words of all instructions, each as likely as any other. */
  public static Arbitrary<Integer> all() {
    return of("instruction", instruction -> true);
  }

  /**
   * Words that a kernel executes.
   *
   * @param kernel such as MULDIV
   * @throws IllegalArgumentException if there is no such kernel
   */
  public static Arbitrary<Integer> ofKernel(String kernel) {
    String name = kernel.toUpperCase(Locale.ROOT);
    return of("kernel " + kernel, instruction -> instruction.kernel().equals(name));
  }

  /**
   * Words of a mnemonic as the disassembler writes it, aliases included.
   *
   * @param mnemonic such as udiv
   * @throws IllegalArgumentException if no instruction is written so
   */
  public static Arbitrary<Integer> ofMnemonic(String mnemonic) {
    String name = mnemonic.toLowerCase(Locale.ROOT);
    return of(
            "mnemonic " + mnemonic,
            instruction -> isWritten(instruction, name) || mnemonicOf(instruction).equals(name))
        .filter(10_000, word -> TEXT.mnemonic(word).equals(name));
  }

  /** Whether one of its lines may begin so; the words that are written otherwise are left out. */
  private static boolean isWritten(Instruction instruction, String name) {
    return instruction.form().lines().stream()
        .anyMatch(line -> line.template().toString().contains("=" + name + " "));
  }

  private static String mnemonicOf(Instruction instruction) {
    return TEXT.mnemonic(new WordSampler(1).word(instruction));
  }

  private static Arbitrary<Integer> of(String what, Predicate<Instruction> wanted) {
    List<Instruction> chosen =
        InstructionSpec.a64().instructions().stream().filter(wanted).toList();
    if (chosen.isEmpty()) {
      throw new IllegalArgumentException(what + ": there is none");
    }
    return Arbitraries.randomValue(
        random ->
            new WordSampler(random.nextLong()).word(chosen.get(random.nextInt(chosen.size()))));
  }

  /** An instruction in assembly. */
  public static String text(int word) {
    return TEXT.text(word, MachineState.CODE);
  }
}
