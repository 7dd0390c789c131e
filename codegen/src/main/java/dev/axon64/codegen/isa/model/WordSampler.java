package dev.axon64.codegen.isa.model;

import dev.axon64.codegen.isa.decode.Cube;
import java.util.SplittableRandom;

/**
 * Makes random words of an instruction for tests. Register fields are often 0, 31 or equal, where
 * encodings have their special cases.
 */
public final class WordSampler {
  /** The lowest bits of Rd, Rn, Ra or Rt2, and Rm or Rs. */
  private static final int[] REGISTERS = {0, 5, 10, 16};

  private final SplittableRandom random;

  /** Makes the same words for the same seed. */
  public WordSampler(long seed) {
    random = new SplittableRandom(seed);
  }

  /** Returns a word that the instruction owns. */
  public int word(Instruction instruction) {
    int word = random.nextInt();
    for (int low : REGISTERS) {
      int shape = random.nextInt(12);
      if (shape < 3) {
        int register = shape == 0 ? 31 : shape == 1 ? 0 : word >>> 5;
        word = word & ~(31 << low) | (register & 31) << low;
      }
    }
    Cube cube = instruction.cubes().get(random.nextInt(instruction.cubes().size()));
    return word & ~cube.mask() | cube.value();
  }
}
