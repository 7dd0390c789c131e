package dev.axon64.bench.peers;

import dev.axon64.codegen.network.spec.DispatchSpec;
import dev.axon64.codegen.support.InputException;

/**
 * The decoder one writes by hand: nested switches in the order of the Arm manual's tables (Arm
 * Architecture Reference Manual, C4.1), most general field first. Kernels are those of the shipped
 * models; they differ only in who serves FP/SIMD.
 */
public final class SwitchDecoder implements WordDecoder {
  private static final int ARITHMETIC = 0;
  private static final int LOGICAL = 1;
  private static final int LOADSTORE = 2;
  private static final int BRANCH = 3;
  private static final int MULDIV = 4;
  private static final int EXTEND_SHIFT = 5;
  private static final int SYSTEM = 6;

  private final int fpSimd;

  private SwitchDecoder(int fpSimd) {
    this.fpSimd = fpSimd;
  }

  /**
   * The decoder of a model that numbers its kernels as the shipped ones do.
   *
   * @throws InputException if it numbers them otherwise
   */
  public static SwitchDecoder of(DispatchSpec spec) {
    int fpSimd = spec.label(0x1e20_2800);
    SwitchDecoder decoder = new SwitchDecoder(fpSimd);
    int[] oneOfEachGroup = {
      0x9100_0000,
      0x9240_0000,
      0xf940_0000,
      0x1400_0000,
      0x9b00_7c00,
      0x9ac0_2000,
      0xd503_201f,
      0x9ac0_0800,
      0x8b00_0000,
      0x8a00_0000,
      0xd340_0000,
      0x9a80_0000,
      0
    };
    for (int word : oneOfEachGroup) {
      if (decoder.kernel(word) != spec.label(word)) {
        throw new InputException(
            spec.name(),
            "numbers its kernels unlike the shipped models, which the hand-written switch"
                + " follows; bench a shipped model");
      }
    }
    return decoder;
  }

  @Override
  public int kernel(int word) {
    return switch (word >>> 25 & 15) {
      case 0b1000, 0b1001 -> immediate(word);
      case 0b1010, 0b1011 -> word >>> 25 == 0xd4 >>> 1 ? SYSTEM : BRANCH;
      case 0b0100, 0b0110, 0b1100, 0b1110 -> LOADSTORE;
      case 0b0101, 0b1101 -> register(word);
      case 0b0111, 0b1111 -> fpSimd;
      default -> SYSTEM;
    };
  }

  private static int immediate(int word) {
    return switch (word >>> 23 & 7) {
      case 0b100 -> LOGICAL;
      case 0b110, 0b111 -> EXTEND_SHIFT;
      default -> ARITHMETIC;
    };
  }

  private static int register(int word) {
    boolean arithmetic = (word & 1 << 24) != 0;
    if ((word & 1 << 28) == 0) {
      return arithmetic ? ARITHMETIC : LOGICAL;
    }
    if (arithmetic) {
      return MULDIV;
    }
    if ((word >>> 21 & 15) != 0b0110) {
      return ARITHMETIC;
    }
    boolean divide = (word & 1 << 30) == 0 && (word >>> 11 & 31) == 0b00001;
    return divide ? MULDIV : EXTEND_SHIFT;
  }

  @Override
  public void kernels(int[] words, int[] kernels, int from, int to) {
    for (int i = from; i < to; i++) {
      kernels[i] = kernel(words[i]);
    }
  }
}
