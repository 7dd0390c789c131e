package dev.axon64.codegen.labels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.codegen.fixtures.SpecTexts;
import dev.axon64.codegen.labels.Disassembler.AbsentException;
import dev.axon64.codegen.labels.Disassembler.Instruction;
import dev.axon64.codegen.network.spec.DispatchSpec;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * For random words of every top byte, the kernel of the mnemonic is the label. Words that the
 * disassembler calls undefined are counted only: whether an encoding is allocated does not change
 * its group. {@code -Daxon64.tries=N} sets the uniformly random words of each top byte.
 */
class DisassemblerCrossCheckTest {
  private static final int TOP_BYTES = 256;
  private static final int BATCH = 1 << 16;
  private static final long SEED = 0xa64;

  /** How a test gets its disassembler. */
  private interface Opening {
    Disassembler open() throws Exception;
  }

  @TempDir Path folder;

  @Test
  void capstoneAgrees() throws Exception {
    agrees(CapstoneDisassembler::new);
  }

  @Test
  void objdumpAgrees() throws Exception {
    agrees(() -> new ObjdumpDisassembler(folder, false));
  }

  /** A labelling that forgets the divisions is caught, and nothing else is blamed. */
  @Test
  void aWrongLabelIsNoticed() throws Exception {
    DispatchSpec spec = SpecTexts.shipped("a64");
    IntFunction<String> forgetful =
        word -> {
          String kernel = Kernels.name(spec, word);
          return kernel.equals("MULDIV") && (word >>> 24 & 1) == 0 ? "EXTEND_SHIFT" : kernel;
        };
    try (Disassembler disassembler = open(CapstoneDisassembler::new)) {
      CrossCheck check = check(disassembler, forgetful);
      Set<String> blamed =
          check.disagreements().stream()
              .map(each -> each.instruction().mnemonic())
              .collect(Collectors.toCollection(TreeSet::new));
      assertEquals(Set.of("sdiv", "udiv"), blamed);
    }
  }

  private static void agrees(Opening opening) throws Exception {
    DispatchSpec a64 = SpecTexts.shipped("a64");
    DispatchSpec kvrm7 = SpecTexts.shipped("kvrm7");
    IntFunction<String> labels =
        word -> {
          String kernel = Kernels.name(a64, word);
          String seven = Kernels.name(kvrm7, word);
          // Both models are compared at once; where the second differs, its label is shown.
          return seven.equals(Kernels.of(kernel, kvrm7)) ? kernel : "kvrm7's " + seven;
        };
    try (Disassembler disassembler = open(opening)) {
      CrossCheck check = check(disassembler, labels);
      System.out.println("labels against " + disassembler.name() + ": " + check.summary());
      assertTrue(check.compared() > 0, "nothing was compared");
      assertTrue(check.disagreements().isEmpty(), check::complaint);
    }
  }

  private static CrossCheck check(Disassembler disassembler, IntFunction<String> labels)
      throws Exception {
    int tries = Integer.getInteger("axon64.tries", 1000);
    WordSample sample = new WordSample(SEED);
    CrossCheck check = new CrossCheck(labels);
    int topBytesAtOnce = Math.max(1, BATCH / Math.max(1, tries));
    for (int first = 0; first < TOP_BYTES; first += topBytesAtOnce) {
      int[] words =
          IntStream.range(first, Math.min(first + topBytesAtOnce, TOP_BYTES))
              .mapToObj(top -> sample.words(top, tries))
              .flatMapToInt(IntStream::of)
              .toArray();
      for (Instruction instruction : disassembler.disassemble(words)) {
        check.compare(instruction);
      }
    }
    return check;
  }

  private static Disassembler open(Opening opening) throws Exception {
    try {
      return opening.open();
    } catch (AbsentException e) {
      System.out.println("labels: cross-check skipped: " + e.getMessage());
      return Assumptions.abort("skipped: " + e.getMessage());
    }
  }
}
