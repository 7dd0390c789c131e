package dev.axon64.metal.guest;

import dev.axon64.codegen.isa.model.Instruction;
import dev.axon64.codegen.isa.model.WordSampler;
import dev.axon64.machine.memory.AddressSpace;
import dev.axon64.machine.memory.Backing;
import dev.axon64.machine.memory.Mapping;
import dev.axon64.machine.memory.MemoryLimit;
import dev.axon64.machine.state.CpuState;
import java.util.SplittableRandom;

/**
 * A guest about to execute one random instruction. Its memory is a page of code, and elsewhere a
 * page that can be written followed by one that cannot; what base registers hold is mostly there,
 * often near a border.
 */
final class RandomGuest {
  static final long CODE = 0x10_0000;
  static final long DATA = 0x7f12_3450_0000L;
  static final int DATA_BYTES = 2 * AddressSpace.PAGE;

  /** Where the host can write the code. */
  private static final long ALIAS = 0x7000_0000_0000L;

  private static final long COUNTER = 0x1234_5678_9abcL;
  private static final long[] SPECIAL = {
    0,
    1,
    -1,
    2,
    7,
    8,
    15,
    16,
    31,
    32,
    63,
    64,
    65,
    127,
    128,
    255,
    0x7fff,
    0x8000,
    0xffff,
    0x7fff_ffff,
    0x8000_0000L,
    0xffff_ffffL,
    1L << 32,
    Long.MAX_VALUE,
    Long.MIN_VALUE,
    0xffff_ffff_8000_0000L,
    0x7f7f_7f7f_7f7f_7f7fL,
    0x8080_8080_8080_8080L
  };

  /** Zeros, ones, infinities, NaNs, subnormals and borders of half, single and double. */
  private static final long[] FLOATS = {
    0x8000,
    0x3c00,
    0x7c00,
    0x7e00,
    0x7c01,
    0x0001,
    0x7bff,
    0xfc00,
    0x8000_0000L,
    0x3f80_0000,
    0x7f80_0000,
    0x7fc0_0000,
    0x7f80_0001,
    0x0000_0001,
    0x007f_ffff,
    0x7f7f_ffff,
    0xff80_0000L,
    0x4f00_0000,
    0x5f00_0000,
    0xcf00_0000L,
    0x3f00_0000,
    0x4b00_0000,
    0x3ff0_0000_0000_0000L,
    0x7ff0_0000_0000_0000L,
    0x7ff8_0000_0000_0000L,
    0x7ff0_0000_0000_0001L,
    0x000f_ffff_ffff_ffffL,
    0x7fef_ffff_ffff_ffffL,
    0x43e0_0000_0000_0000L,
    0xc3e0_0000_0000_0000L,
    0x3fe0_0000_0000_0000L,
    0x4330_0000_0000_0000L,
    0x36a0_0000_0000_0000L,
    0x47ef_ffff_e000_0000L
  };

  private final AddressSpace space = new AddressSpace(new MemoryLimit(1 << 20));
  private final byte[] data = new byte[DATA_BYTES];
  private final CpuState cpu = new CpuState();

  RandomGuest() {
    Backing code = Backing.sharedAnonymous();
    long size = AddressSpace.PAGE;
    space.map(
        new Mapping(CODE, CODE + size, AddressSpace.READ | AddressSpace.EXECUTE, code, 0, "code"));
    space.map(new Mapping(ALIAS, ALIAS + size, AddressSpace.WRITE, code, 0, "alias"));
    space.map(DATA, DATA_BYTES, AddressSpace.READ | AddressSpace.WRITE, "data");
    cpu.memory = space;
    cpu.host = () -> COUNTER;
  }

  CpuState cpu() {
    return cpu;
  }

  byte[] data() {
    return space.read(DATA, DATA_BYTES);
  }

  /** Makes new state and memory, the same for the same seed; returns the instruction word. */
  int prepare(Instruction instruction, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int word = new WordSampler(seed).word(instruction);
    if (instruction.kernel().equals("LOADSTORE") && random.nextInt(4) != 0) {
      int closer = word & ~0x3f_f000; // the upper bits of offsets
      word = instruction.owns(closer) ? closer : word;
    }
    cpu.reset();
    cpu.pc = CODE + 4L * random.nextInt(AddressSpace.PAGE / 4);
    registers(random, word);
    if (instruction.kernel().equals("LOADSTORE") || instruction.name().startsWith("DC_")) {
      addresses(random, word);
    }
    fill(random, word);
    return word;
  }

  private void fill(SplittableRandom random, int word) {
    random.nextBytes(data);
    int writable = AddressSpace.READ | AddressSpace.WRITE;
    space.protect(DATA, DATA_BYTES, writable);
    space.write(DATA, data);
    for (int i = 0; i < 64; i++) {
      space.store64(DATA + random.nextInt(DATA_BYTES - 8) & -8, floating(random));
    }
    space.protect(DATA + AddressSpace.PAGE, AddressSpace.PAGE, AddressSpace.READ);
    space.write(ALIAS, new byte[AddressSpace.PAGE]);
    space.store32(cpu.pc - CODE + ALIAS, word);
  }

  private void registers(SplittableRandom random, int word) {
    for (int i = 0; i < cpu.x.length; i++) {
      cpu.x[i] = i == CpuState.ZERO ? 0 : number(random);
    }
    boolean special = random.nextBoolean();
    for (int i = 0; i < cpu.v.length; i++) {
      cpu.v[i] = special ? floating(random) : number(random);
    }
    if (random.nextInt(4) == 0) { // equal operands, as comparisons and subtractions like them
      cpu.x[word >>> 16 & 15] = cpu.x[word >>> 5 & 31];
      cpu.v[2 * (word >>> 16 & 31)] = cpu.v[2 * (word >>> 5 & 31)];
    }
    cpu.setNzcv(random.nextLong());
    cpu.fpcr = random.nextInt(3) == 0 ? random.nextInt() & 0x07c8_0000 : 0;
    cpu.fpsr = random.nextInt() & 0x0800_009f;
    cpu.tpidr = random.nextLong();
  }

  private void addresses(SplittableRandom random, int word) {
    int index = word >>> 16 & 31;
    if (index != CpuState.ZERO && random.nextInt(8) != 0) {
      cpu.x[index] = random.nextInt(-32, 33);
    }
    long address = address(random);
    for (int low : new int[] {0, 5}) {
      int base = word >>> low & 31;
      if (random.nextInt(16) != 0) {
        cpu.x[base == CpuState.ZERO ? CpuState.SP : base] = address;
      }
    }
    cpu.excl_on = random.nextInt(4) == 0 ? 0 : 1;
    cpu.excl_addr = random.nextInt(4) == 0 ? random.nextLong() : address;
  }

  private static long address(SplittableRandom random) {
    long aligned = random.nextInt(3) == 0 ? -1 : -16;
    long tag = random.nextInt(16) == 0 ? random.nextLong() << 56 : 0;
    int border = random.nextInt(3) * AddressSpace.PAGE + random.nextInt(-40, 41);
    int anywhere = random.nextInt(DATA_BYTES);
    return tag | DATA + (random.nextInt(3) == 0 ? border : anywhere) & aligned;
  }

  private static long number(SplittableRandom random) {
    return switch (random.nextInt(6)) {
      case 0 -> SPECIAL[random.nextInt(SPECIAL.length)];
      case 1 -> SPECIAL[random.nextInt(SPECIAL.length)] + random.nextInt(-2, 3);
      case 2 -> random.nextInt(-300, 301);
      case 3 -> random.nextLong() >>> random.nextInt(64);
      case 4 -> -1L << random.nextInt(64) & -1L >>> random.nextInt(64);
      default -> random.nextLong();
    };
  }

  /** Two words, one after the other a special number, or near one. */
  private static long floating(SplittableRandom random) {
    long special = FLOATS[random.nextInt(FLOATS.length)];
    return switch (random.nextInt(7)) {
      case 0 -> special;
      case 1 -> special << 32 | FLOATS[random.nextInt(FLOATS.length)] & 0xffff_ffffL;
      case 2 -> special * 0x1_0001_0001_0001L;
      case 3 -> special + random.nextInt(-3, 4);
      case 4 -> Double.doubleToRawLongBits(random.nextInt(-4000, 4000) / 16.0);
      case 5 ->
          Float.floatToRawIntBits(random.nextInt(-4000, 4000) / 16.0f)
              | (long) Float.floatToRawIntBits(random.nextInt(-99, 99)) << 32;
      default -> random.nextLong();
    };
  }
}
