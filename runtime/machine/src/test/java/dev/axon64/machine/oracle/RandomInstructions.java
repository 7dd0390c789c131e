package dev.axon64.machine.oracle;

import dev.axon64.codegen.isa.model.Instruction;
import dev.axon64.codegen.isa.model.WordSampler;
import dev.axon64.codegen.isa.syntax.Field;
import dev.axon64.machine.state.CpuState;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Random words of instructions and states to execute them in: registers hold edge cases and
 * addresses in and around the memory of {@link TestMemory}, base registers nearly always the
 * latter.
 */
final class RandomInstructions {
  private static final long[] EDGES = {
    0,
    1,
    -1,
    Long.MIN_VALUE,
    Long.MAX_VALUE,
    Integer.MIN_VALUE,
    Integer.MAX_VALUE,
    0xffff_ffffL,
    0x8000_0000L,
    0x7fff,
    0x8000,
    0xffff,
    0x7f,
    0x80,
    0xff,
    2,
    3,
    31,
    32,
    33,
    63,
    64,
    65
  };

  /** Floating point numbers of 16, 32 and 64 bits that are special. */
  private static final long[] FLOATS = {
    0x8000_0000_0000_0000L, 0x3ff0_0000_0000_0000L, 0x7ff0_0000_0000_0000L, 0x7ff8_0000_0000_0000L,
    0x7ff0_0000_0000_0001L, 0xfff8_1234_0000_0000L, 0x0000_0000_0000_0001L, 0x000f_ffff_ffff_ffffL,
    0x7fef_ffff_ffff_ffffL, 0x3ff8_0000_0000_0000L, 0x43e0_0000_0000_0000L, 0xc3e0_0000_0000_0000L,
    0x3f80_0000_8000_0000L, 0x7f80_0000_7fc0_0000L, 0x7f80_0001_0000_0001L, 0x007f_ffff_7f7f_ffffL,
    0x4f00_0000_3fc0_0000L, 0x3c00_8000_7c00_7e00L, 0x7c01_0001_03ff_7bffL
  };

  /**
   * libunicorn2 does not ignore the top byte of addresses without address translation, so there is
   * nothing to compare with.
   */
  private static final long UNTAGGED = (1L << 56) - 1;

  private static final int[] BORDERS = {
    0, 0x1000, 0x2000, TestMemory.WRITABLE_BYTES, TestMemory.DATA_BYTES
  };

  private final SplittableRandom random;
  private final WordSampler words;

  RandomInstructions(long seed) {
    random = new SplittableRandom(seed);
    words = new WordSampler(seed);
  }

  /** Data to start from. */
  byte[] data() {
    byte[] data = new byte[TestMemory.DATA_BYTES];
    random.nextBytes(data);
    for (int i = 0; i < data.length; i += Long.BYTES) {
      if (random.nextInt(4) == 0) {
        long value = random.nextInt(3) == 0 ? number() : FLOATS[random.nextInt(FLOATS.length)];
        for (int j = 0; j < Long.BYTES; j++) {
          data[i + j] = (byte) (value >>> 8 * j);
        }
      }
    }
    return data;
  }

  /** A word of the instruction that makes its accesses likely to meet the data. */
  int word(Instruction instruction, long pc) {
    int word = words.word(instruction);
    if (random.nextInt(8) == 0) {
      return word;
    }
    int nearer = word;
    Optional<Field> offset = field(instruction, "imm12");
    if (offset.isPresent() && instruction.kernel().equals("LOADSTORE")) {
      nearer = with(word, offset.get(), random.nextInt(32));
    }
    Optional<Field> literal = field(instruction, "imm19");
    if (literal.isPresent() && instruction.kernel().equals("LOADSTORE")) {
      nearer = with(word, literal.get(), (int) (address() - pc >> 2));
    }
    return instruction.owns(nearer) ? nearer : word;
  }

  private static Optional<Field> field(Instruction instruction, String name) {
    return instruction.form().fields().stream().filter(f -> f.name().equals(name)).findFirst();
  }

  private static int with(int word, Field field, int value) {
    int mask = (1 << field.width()) - 1;
    return word & ~(mask << field.low()) | (value & mask) << field.low();
  }

  /**
   * Changes some registers, flags and floating point control, and all registers that the word is
   * likely to use as a base or an index.
   */
  void state(CpuState state, Instruction instruction, int word) {
    for (int i = 0; i < 6; i++) {
      int register = random.nextInt(CpuState.SP + 1);
      if (register != CpuState.ZERO) {
        state.x[register] = number();
      }
      int vector = random.nextInt(state.v.length);
      state.v[vector] = random.nextInt(3) == 0 ? number() : scalar();
    }
    state.setNzcv(random.nextLong());
    if (random.nextInt(4) == 0) {
      state.fpcr = random.nextInt() & 0x07c00000;
      state.fpsr = random.nextInt() & 0x0800009f;
      state.tpidr = random.nextLong();
    }
    operands(state, word);
    if (instruction.kernel().equals("LOADSTORE") || instruction.name().startsWith("DC_")) {
      addresses(state, instruction, word);
    }
  }

  /** Fresh numbers for what is most likely read. */
  private void operands(CpuState state, int word) {
    for (int low : new int[] {5, 16}) {
      int register = word >>> low & 31;
      if (register != CpuState.ZERO && random.nextBoolean()) {
        state.x[register] = number();
      }
      state.v[2 * register + random.nextInt(2)] = scalar();
    }
  }

  private void addresses(CpuState state, Instruction instruction, int word) {
    int index = word >>> 16 & 31;
    if (index != CpuState.ZERO) {
      state.x[index] = index(word);
    }
    int base = instruction.kernel().equals("LOADSTORE") ? word >>> 5 & 31 : word & 31;
    state.x[base == CpuState.ZERO ? CpuState.SP : base] =
        random.nextInt(32) == 0 ? number() & UNTAGGED >>> 8 : address();
  }

  /** Mostly small; with its upper half anything where the word extends the lower half. */
  private long index(int word) {
    long offset = random.nextInt(4) == 0 ? number() & UNTAGGED >>> 8 : random.nextInt(-64, 65);
    boolean narrow = (word >>> 13 & 1) == 0;
    return narrow ? offset & 0xffffffffL | number() << 32 : offset;
  }

  /** An address in or around the data, in half of the cases aligned. */
  long address() {
    int alignment = random.nextBoolean() ? -16 : -1;
    if (random.nextInt(3) == 0) {
      int border = BORDERS[random.nextInt(BORDERS.length)];
      return TestMemory.DATA + (border + random.nextInt(-40, 41) & alignment);
    }
    return TestMemory.DATA + (random.nextInt(TestMemory.DATA_BYTES) & alignment);
  }

  private long number() {
    return switch (random.nextInt(8)) {
      case 0 -> EDGES[random.nextInt(EDGES.length)];
      case 1 -> random.nextInt(-256, 257);
      case 2 -> random.nextInt();
      case 3 -> random.nextLong() & -1L << random.nextInt(64) & -1L >>> random.nextInt(64);
      case 4 -> -1L << random.nextInt(64) ^ -1L >>> random.nextInt(64);
      case 5 -> address();
      default -> random.nextLong();
    };
  }

  private long scalar() {
    long special = FLOATS[random.nextInt(FLOATS.length)];
    return switch (random.nextInt(8)) {
      case 0, 1 -> special;
      case 2 -> special >>> 32;
      case 3 -> special ^ 1L << random.nextInt(64);
      case 4 -> Double.doubleToRawLongBits(random.nextInt(-1000, 1000) / 8.0);
      case 5 -> Float.floatToRawIntBits(random.nextInt(-1000, 1000) / 8.0f) & 0xffffffffL;
      case 6 -> random.nextLong() & -1L << random.nextInt(64);
      default -> random.nextLong();
    };
  }

  /** Whether something happens that is to happen once in {@code n} times. */
  boolean oneIn(int n) {
    return random.nextInt(n) == 0;
  }
}
