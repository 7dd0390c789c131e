package dev.axon64.machine.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.codegen.isa.InstructionSpec;
import dev.axon64.codegen.isa.model.Instruction;
import dev.axon64.codegen.isa.model.WordSampler;
import dev.axon64.machine.dispatch.ShippedDispatcher;
import dev.axon64.machine.state.CpuState;
import dev.axon64.machine.state.Host;
import dev.axon64.machine.state.Register;
import dev.axon64.machine.state.Registers;
import dev.axon64.machine.translate.Translator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Translated code against the scalar engine: every copy of every instruction, and random pieces of
 * code of several instructions with branches in them.
 */
class TranslatedInstructionsTest {
  private static final int WORDS = Math.max(1, Integer.getInteger("axon64.tries", 1000) / 1000);
  private static final int STATES = 6;
  private static final int PIECES =
      Integer.getInteger("axon64.pieces", Boolean.getBoolean("axon64.campaign") ? 12_000 : 3000);
  private static final int MOST_WORDS = 14;
  private static final long BUDGET = 2000;
  private static final int SVC = 0xd4000001;

  private static final Host CLOCK = () -> 42;

  private static final long[] EDGES = {
    0,
    1,
    -1,
    Long.MIN_VALUE,
    Long.MAX_VALUE,
    Integer.MAX_VALUE,
    0x80000000L,
    0xffffffffL,
    63,
    64,
    31
  };

  private static final double[] NUMBERS = {
    0,
    -0.0,
    1,
    -1.5,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Double.NaN,
    Double.longBitsToDouble(0x7ff0000000000001L),
    Double.MIN_VALUE,
    Double.MIN_NORMAL,
    -Double.MAX_VALUE,
    Float.MIN_VALUE,
    Float.MIN_NORMAL,
    Float.MAX_VALUE,
    0x1p31,
    -0x1p63
  };

  private final SplittableRandom random = new SplittableRandom(Long.getLong("axon64.seed", 5));
  private final WordSampler words = new WordSampler(5);
  private long translated;
  private long executed;

  @Test
  void everyInstructionDoesWhatTheScalarEngineDoes() {
    for (Instruction instruction : InstructionSpec.a64().instructions()) {
      for (int i = 0; i < WORDS; i++) {
        compare(instruction.name(), new int[] {words.word(instruction), SVC});
      }
    }
    assertTrue(translated > executed * 2 / 5, translated + " of " + executed + " were translated");
  }

  @Test
  void piecesOfCodeDoWhatTheScalarEngineDoes() {
    List<Instruction> all = InstructionSpec.a64().instructions();
    for (int i = 0; i < PIECES; i++) {
      int[] piece = new int[2 + random.nextInt(MOST_WORDS)];
      for (int at = 0; at < piece.length - 1; at++) {
        piece[at] =
            random.nextInt(4) == 0
                ? branch(at, piece.length)
                : near(words.word(all.get(random.nextInt(all.size()))));
      }
      piece[piece.length - 1] = SVC;
      compare("piece " + i, piece);
    }
    System.out.printf(
        "%,d random pieces of code, none differs; %,d of %,d instructions translated%n",
        PIECES, translated, executed);
    assertTrue(translated > executed / 3, translated + " of " + executed + " were translated");
  }

  /** A loop that changes one of its own instructions in every iteration. */
  @Test
  void codeThatChangesItselfIsExecutedAsItIsThen() {
    // loop: ldr w3, [x2]; add w3, w3, #0x400; str w3, [x2]; add x0, x0, #0 (the next number each
    // time); subs x1, x1, #1; b.ne loop; svc
    int[] code = {
      0xb9400043, 0x11100063, 0xb9000043, 0x91000000, 0xf1000421, 0x54ffff61, 0xd4000001
    };
    CpuState cpu = Programs.flatWords(code);
    cpu.x[1] = 300;
    cpu.x[2] = Programs.CODE + 3 * Integer.BYTES;
    TranslatedEngine engine = engine();
    assertEquals(new Stop.SystemCall(0), engine.run(cpu, 10_000));
    assertEquals(300 * 301 / 2, cpu.x[0]);
    assertEquals(6 * 300 + 1, engine.executed());
  }

  /** The translator knows the address, and that the access must trap. */
  @Test
  void anAccessThatIsKnownToTrap() {
    // movz x1, #1; ldaxr w0, [x1]; svc
    compare("misaligned", new int[] {0xd2800021, 0x885ffc20, SVC});
  }

  /** Functions that call each other deeper than regions call each other. */
  @Test
  void deepCallsComeBack() {
    // bl f; svc; f: cbz x1, leaf; stp x29, x30, [sp, #-16]!; sub x1, x1, #1; bl f; add x0, x0, #1;
    // ldp x29, x30, [sp], #16; leaf: ret
    int[] code = {
      0x94000002,
      SVC,
      0xb40000c1,
      0xa9bf7bfd,
      0xd1000421,
      0x97fffffd,
      0x91000400,
      0xa8c17bfd,
      0xd65f03c0
    };
    CpuState cpu = Programs.flatWords(code);
    TranslatedEngine engine = engine();
    for (int depth : new int[] {3, 10, 59, 60, 61, 100, 200}) {
      cpu.pc = Programs.CODE;
      cpu.x[0] = 0;
      cpu.x[1] = depth;
      cpu.x[CpuState.SP] = Programs.DATA + 4096;
      assertEquals(new Stop.SystemCall(0), engine.run(cpu, 10_000), "depth " + depth);
      assertEquals(depth, cpu.x[0]);
      assertEquals(4 + 7 * depth, engine.executed(), "depth " + depth);
    }
    assertTrue(engine.translated() > 0);
  }

  /** Two guests on one engine, in turns of any length: each sees its own memory alone. */
  @Test
  void guestsInTurnsSeeTheirOwnMemory() {
    // loop: ldr x3, [x2]; add x0, x0, x3; str x0, [x2, #8]; subs x1, x1, #1; b.ne loop; svc
    int[] code = {0xf9400043, 0x8b030000, 0xf9000440, 0xf1000421, 0x54ffff81, SVC};
    CpuState[] guests = {Programs.flatWords(code), Programs.flatWords(code)};
    TranslatedEngine engine = engine();
    for (int i = 0; i < 2; i++) {
      guests[i].x[1] = 5000;
      guests[i].x[2] = Programs.DATA;
      guests[i].memory.store64(Programs.DATA, 1 + i);
    }
    while (guests[0].x[1] > 0 || guests[1].x[1] > 0) {
      CpuState guest = guests[random.nextInt(2)];
      if (guest.x[1] > 0) {
        engine.run(guest, random.nextInt(1, 60));
      }
    }
    for (int i = 0; i < 2; i++) {
      assertEquals(5000L * (1 + i), guests[i].x[0]);
      assertEquals(5000L * (1 + i), guests[i].memory.load64(Programs.DATA + 8));
      guests[i].memory.clear();
    }
    assertTrue(engine.translated() > 0);
  }

  private static TranslatedEngine engine() {
    return new TranslatedEngine(
        new PageDecisions(ShippedDispatcher.A64.dispatcher()),
        new Regions(Pace.eager(1), Runnable::run, new Translator(), RegionWatch.NONE));
  }

  /** B.cond, CBZ or TBNZ to a word of the piece. */
  private int branch(int at, int words) {
    int offset = random.nextInt(words) - at;
    return switch (random.nextInt(3)) {
      case 0 -> 0x54000000 | (offset & 0x7ffff) << 5 | random.nextInt(16);
      case 1 -> 0xb4000000 | (offset & 0x7ffff) << 5 | random.nextInt(4);
      default -> 0x37000000 | random.nextInt(32) << 19 | (offset & 0x3fff) << 5 | random.nextInt(4);
    };
  }

  /** Most registers become one of the first four, so that instructions meet. */
  private int near(int word) {
    int changed = word;
    for (int low : new int[] {0, 5, 16}) {
      if (random.nextInt(3) != 0) {
        changed = changed & ~(31 << low) | random.nextInt(4) << low;
      }
    }
    return changed;
  }

  private void compare(String name, int[] code) {
    CpuState fast = random.nextInt(4) == 0 ? Programs.words(code) : Programs.flatWords(code);
    CpuState plain = Programs.words(code);
    Engine scalar = new PageEngine(ShippedDispatcher.A64.dispatcher());
    TranslatedEngine engine = engine();
    for (int state = 0; state < STATES; state++) {
      randomise(plain, code[0]);
      fast.assign(plain);
      fast.host = plain.host;
      byte[] data = new byte[4096];
      for (int i = 0; i < 64; i++) {
        data[2048 - 32 + i] = (byte) random.nextInt();
      }
      plain.memory.write(Programs.DATA, data);
      fast.memory.write(Programs.DATA, data);
      long budget = random.nextInt(4) == 0 ? random.nextInt(1, 40) : BUDGET;
      String what = name + " " + text(code) + ", state " + state;
      String expected = text(scalar.run(plain, budget));
      assertEquals(expected, text(engine.run(fast, budget)), what);
      assertEquals(scalar.executed(), engine.executed(), what);
      assertSame(plain, fast, what);
      executed += scalar.executed();
    }
    translated += engine.translated();
    fast.memory.clear();
  }

  private static String text(int[] code) {
    StringBuilder text = new StringBuilder();
    for (int word : code) {
      text.append(String.format("%08x ", word));
    }
    return text.toString();
  }

  private static String text(Stop stop) {
    return stop instanceof Stop.Fault fault
        ? fault.fault().getMessage() + fault.fault().address
        : stop.toString();
  }

  private void randomise(CpuState cpu, int firstWord) {
    for (int r = 0; r <= CpuState.SP; r++) {
      cpu.x[r] =
          switch (random.nextInt(4)) {
            case 0 -> EDGES[random.nextInt(EDGES.length)];
            case 1 -> Programs.DATA + 2048 + random.nextInt(-16, 16);
            case 2 -> random.nextInt(256);
            default -> random.nextLong() >> random.nextInt(64);
          };
    }
    cpu.x[CpuState.ZERO] = 0;
    for (int half = 0; half < cpu.v.length; half++) {
      cpu.v[half] =
          switch (random.nextInt(6)) {
            case 0 -> EDGES[random.nextInt(EDGES.length)];
            case 1 -> Double.doubleToRawLongBits(NUMBERS[random.nextInt(NUMBERS.length)]);
            case 2 -> (long) single() << 32 | single() & 0xffff_ffffL;
            default ->
                Double.doubleToRawLongBits(random.nextInt(-1000, 1000) / 8.0)
                    ^ random.nextLong() >>> random.nextInt(1, 64);
          };
    }
    cpu.setNzcv(random.nextLong());
    cpu.fpcr = random.nextInt(4) == 0 ? random.nextInt() & 0x07c00000 : 0;
    cpu.fpsr = random.nextInt(4) == 0 ? 0 : random.nextInt() & 0x0800009f;
    cpu.tpidr = random.nextLong();
    cpu.excl_on = random.nextInt(2);
    int base = firstWord >>> 5 & 31;
    if (base != CpuState.ZERO && random.nextBoolean()) {
      cpu.x[base] = Programs.DATA + 2048 + 16 * random.nextInt(-1, 2);
    }
    cpu.excl_addr = cpu.x[random.nextInt(4) == 0 ? 1 : base];
    cpu.host = CLOCK;
    cpu.pc = Programs.CODE;
  }

  private int single() {
    return random.nextBoolean()
        ? Float.floatToRawIntBits((float) NUMBERS[random.nextInt(NUMBERS.length)])
        : Float.floatToRawIntBits(random.nextInt(-1000, 1000) / 8f) ^ random.nextInt(2);
  }

  private static void assertSame(CpuState expected, CpuState actual, String what) {
    for (int slot = 0; slot < Registers.SLOTS; slot++) {
      int each = slot;
      assertEquals(
          expected.get(slot),
          actual.get(slot),
          () -> what + ": " + Register.at(each).slotName(each));
    }
    assertArrayEquals(
        expected.memory.read(Programs.DATA, 4096), actual.memory.read(Programs.DATA, 4096), what);
    assertArrayEquals(
        expected.memory.read(Programs.CODE, 4096), actual.memory.read(Programs.CODE, 4096), what);
  }
}
