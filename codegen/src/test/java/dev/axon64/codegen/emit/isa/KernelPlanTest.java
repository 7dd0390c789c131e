package dev.axon64.codegen.emit.isa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.codegen.emit.SourceFile;
import dev.axon64.codegen.fixtures.SpecTexts;
import dev.axon64.codegen.isa.InstructionSpec;
import dev.axon64.codegen.isa.model.Instruction;
import dev.axon64.codegen.isa.model.InstructionSet;
import dev.axon64.codegen.isa.model.WordSampler;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A word's kernel in a model that lacks one. */
class KernelPlanTest {
  private static final InstructionSet SET = InstructionSpec.a64();
  private static final KernelPlan A64 = KernelPlan.of(SpecTexts.shipped("a64"), SET);
  private static final KernelPlan KVRM7 = KernelPlan.of(SpecTexts.shipped("kvrm7"), SET);
  private static final int SYSTEM = 6;
  private static final int FPSIMD = 7;

  private static int find(KernelPlan plan, int kernel, int word) {
    return plan.kernels().get(kernel).decoder().find(word);
  }

  /** In SYSTEM's tree the words that FPSIMD executes are disabled, its others undefined. */
  private static int expected(int word) {
    int fpsimd = find(A64, FPSIMD, word);
    return fpsimd == KernelPlan.MISDISPATCH
        ? find(A64, SYSTEM, word)
        : fpsimd == KernelPlan.UNDEFINED ? KernelPlan.UNDEFINED : KernelPlan.DISABLED;
  }

  @Test
  void systemOwnsTheWordsOfTheMissingKernel() {
    WordSampler sampler = new WordSampler(7);
    int disabled = 0;
    for (Instruction instruction : SET.instructions()) {
      for (int i = 0; i < 20; i++) {
        int word = sampler.word(instruction);
        assertEquals(expected(word), find(KVRM7, SYSTEM, word), instruction.name());
        disabled += find(KVRM7, SYSTEM, word) == KernelPlan.DISABLED ? 1 : 0;
      }
    }
    assertTrue(disabled > 1000, disabled + " words");
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 1_000_000; i++) {
      int word = random.nextInt();
      assertEquals(expected(word), find(KVRM7, SYSTEM, word), Integer.toHexString(word));
    }
  }

  @Test
  void nothingElseDiffers() {
    List<Integer> different =
        IntStream.range(0, KVRM7.kernels().size())
            .filter(k -> !KVRM7.kernels().get(k).equals(A64.kernels().get(k)))
            .boxed()
            .toList();
    assertEquals(List.of(SYSTEM), different);
    assertEquals(
        A64.kernels().get(SYSTEM).instructions(), KVRM7.kernels().get(SYSTEM).instructions());
  }

  /** Only the kernel that differs is written a second time, and of it only the decoder. */
  @Test
  void littleIsGeneratedForIt() {
    BackendInput alone = new BackendInput(A64, "p");
    BackendInput both = new BackendInput(A64, List.of(KVRM7), Optional.empty(), "p");
    List<SourceFile> more = new ArrayList<>(InstructionBackend.named("java").generate(both));
    more.removeAll(InstructionBackend.named("java").generate(alone));
    assertEquals(
        List.of("p/Kvrm7SystemKernel.java", "p/Kvrm7Kernels.java"),
        more.stream().map(SourceFile::path).toList());
  }
}
