package dev.axon64.weights.companion;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.axon64.codegen.isa.InstructionSpec;
import dev.axon64.codegen.isa.text.Disassembler;
import dev.axon64.propose.companion.LoopType;
import dev.axon64.propose.companion.PatternProposal.Direction;
import dev.axon64.propose.companion.PatternProposal.Kind;
import dev.axon64.propose.companion.record.LoopSample;
import dev.axon64.weights.data.SplitMix;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RenamingTest {
  private static final Disassembler TEXT = new Disassembler(InstructionSpec.a64());

  /** Words of many kinds: only register numbers change, and the same way everywhere. */
  @Test
  void instructionsKeepAllButTheirRegisters() {
    int[] words = new int[LoopSample.WORDS];
    int[] some = {
      0xf8408443, 0xf8008403, 0xf1000421, 0x54ffffa1, 0xa9410c22, 0x3c810440, 0x9b020c41,
      0xfa418042, 0x9ac34c41, 0xd2800043, 0xd341fc21, 0xb5ffffe1, 0x4ea18420, 0xb8626823
    };
    System.arraycopy(some, 0, words, words.length - some.length, some.length);
    long[] registers = new long[32];
    Arrays.setAll(registers, i -> 1000 + i);
    LoopSample sample =
        new LoopSample(
            words,
            registers,
            LoopType.COUNT_DOWN,
            1 << 1,
            7,
            Kind.MEMCPY,
            1,
            0,
            1 << 2,
            8,
            Direction.UPWARDS,
            28);
    LoopSample other = new Renaming(SplitMix.of(3, "test")).of(sample);
    for (int i = 0; i < words.length; i++) {
      String before = TEXT.text(words[i], 0x1000).replaceAll("\\b[xw]\\d+", "r");
      assertEquals(before, TEXT.text(other.words()[i], 0x1000).replaceAll("\\b[xw]\\d+", "r"));
    }
    int counter = Integer.numberOfTrailingZeros(other.counters());
    assertEquals(1001, other.registers()[counter]);
    assertEquals(1002, other.registers()[Integer.numberOfTrailingZeros(other.sources())]);
    assertEquals(counter, other.words()[words.length - some.length + 2] & 31);
  }
}
