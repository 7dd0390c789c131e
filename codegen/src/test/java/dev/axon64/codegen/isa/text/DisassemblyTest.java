package dev.axon64.codegen.isa.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.codegen.isa.InstructionSpec;
import dev.axon64.codegen.isa.model.Instruction;
import dev.axon64.codegen.isa.model.InstructionSet;
import dev.axon64.codegen.isa.model.WordSampler;
import dev.axon64.codegen.labels.Disassembler.AbsentException;
import dev.axon64.codegen.labels.ObjdumpDisassembler;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random words of every copy of every instruction read as GNU objdump writes them. {@code
 * -Daxon64.tries=N} makes N/20 words per copy.
 */
class DisassemblyTest {
  private static final long SEED = 0xa64;
  private static final int SHOWN = 20;

  @TempDir Path folder;

  @Test
  void readsAsObjdumpWrites() throws Exception {
    InstructionSet set = InstructionSpec.a64();
    int each = Math.max(1, Integer.getInteger("axon64.tries", 1000) / 20);
    WordSampler sampler = new WordSampler(SEED);
    int[] words =
        set.instructions().stream()
            .flatMapToInt(copy -> IntStream.range(0, each).map(i -> sampler.word(copy)))
            .toArray();
    List<String> expected = objdump(words);
    Disassembler ours = new Disassembler(set);
    List<String> wrong = new ArrayList<>();
    int compared = 0;
    for (int i = 0; i < words.length; i++) {
      if (expected.get(i).isEmpty()) {
        continue; // objdump calls it undefined: AllocationSweepTest's business
      }
      compared++;
      String text = ours.text(words[i], 4L * i);
      if (!text.equals(expected.get(i))) {
        String name = ours.instruction(words[i]).map(Instruction::name).orElse("undefined");
        wrong.add(
            String.format(
                "%08x %s: \"%s\", objdump \"%s\"", words[i], name, text, expected.get(i)));
      }
    }
    System.out.printf("disassembly: %d of %d words compared%n", compared, words.length);
    assertTrue(compared > words.length / 2, "objdump knows too few of the words");
    assertTrue(
        wrong.isEmpty(),
        () ->
            wrong.size()
                + " texts differ:\n"
                + String.join("\n", wrong.subList(0, Math.min(SHOWN, wrong.size()))));
  }

  @Test
  void undefinedWordsSaySo() {
    Disassembler ours = new Disassembler(InstructionSpec.a64());
    assertEquals(".inst 0x02000000 ; undefined", ours.text(0x02000000, 0));
    assertEquals(".inst", ours.mnemonic(0x02000000));
    assertEquals("nop", ours.mnemonic(0xd503201f));
  }

  /** The texts, empty where a word is undefined. */
  private List<String> objdump(int[] words) throws Exception {
    try (ObjdumpDisassembler objdump = new ObjdumpDisassembler(folder, true)) {
      return objdump.disassemble(words).stream()
          .map(i -> (i.mnemonic() + " " + i.operands()).strip())
          .toList();
    } catch (AbsentException e) {
      System.out.println("disassembly: skipped: " + e.getMessage());
      return Assumptions.abort("skipped: " + e.getMessage());
    }
  }
}
