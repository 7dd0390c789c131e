package dev.axon64.codegen.labels;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.axon64.codegen.fixtures.SpecTexts;
import dev.axon64.codegen.network.spec.DispatchSpec;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The specs' labels are the table of encoding groups, written a second time as a chain of ifs. */
class LabelTableTest {
  /** Bits 31..21 and 15..10: all that the kernel of a word may depend on. */
  private static final int DECIDING = 0xffe0_fc00;

  private static final int RANDOM_FILLINGS = 8;

  @ParameterizedTest
  @ValueSource(strings = {"a64", "kvrm7", "published"})
  void labelsAreTheTable(String model) {
    DispatchSpec spec = SpecTexts.shipped(model);
    assertEquals(0, spec.labelMask() & ~DECIDING, "labels depend on a bit that the table lacks");
    SplittableRandom random = new SplittableRandom(1);
    for (int bits = 0; bits < 1 << Integer.bitCount(DECIDING); bits++) {
      for (int i = 0; i < RANDOM_FILLINGS; i++) {
        int word = decidingBits(bits) | random.nextInt() & ~DECIDING;
        String expected = Kernels.of(kernel(word), spec);
        if (!expected.equals(Kernels.name(spec, word))) {
          assertEquals(expected, Kernels.name(spec, word), () -> String.format("%08x", word));
        }
      }
    }
  }

  /** Spreads 17 bits over the deciding ones, bits 31..21 and 15..10. */
  static int decidingBits(int bits) {
    return bits >>> 6 << 21 | (bits & 63) << 10;
  }

  private static int bits(int word, int high, int low) {
    return word << 31 - high >>> 31 - high + low;
  }

  private static String kernel(int w) {
    if (bits(w, 28, 26) == 0b100) {
      return immediate(w);
    }
    if (bits(w, 28, 26) == 0b101) {
      return bits(w, 31, 24) == 0xd4 || bits(w, 31, 24) == 0xd5 ? "SYSTEM" : "BRANCH";
    }
    if (bits(w, 27, 27) == 1 && bits(w, 25, 25) == 0) {
      return "LOADSTORE";
    }
    if (bits(w, 27, 25) == 0b101) {
      return register(w);
    }
    return bits(w, 27, 25) == 0b111 ? "FPSIMD" : "SYSTEM";
  }

  private static String immediate(int w) {
    if (bits(w, 25, 23) == 0b100) {
      return "LOGICAL";
    }
    return bits(w, 25, 24) == 0b11 ? "EXTEND_SHIFT" : "ARITHMETIC";
  }

  private static String register(int w) {
    if (bits(w, 28, 28) == 0) {
      return bits(w, 24, 24) == 0 ? "LOGICAL" : "ARITHMETIC";
    }
    if (bits(w, 24, 24) == 1) {
      return "MULDIV";
    }
    if (bits(w, 24, 21) != 0b0110) {
      return "ARITHMETIC";
    }
    return bits(w, 30, 30) == 0 && bits(w, 15, 11) == 0b00001 ? "MULDIV" : "EXTEND_SHIFT";
  }
}
