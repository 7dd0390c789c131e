package dev.axon64.propose.accelerate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.codegen.isa.Meanings;
import dev.axon64.machine.dispatch.ShippedDispatcher;
import dev.axon64.machine.engine.Engine;
import dev.axon64.machine.engine.Engines;
import dev.axon64.machine.memory.AddressSpace;
import dev.axon64.machine.memory.MemoryLimit;
import dev.axon64.machine.state.CpuState;
import dev.axon64.propose.accelerate.Accelerator.Network;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Loops whose loads see what the same loop stored just before, over pages that are copied when they
 * are first written: compiled loops, which remember pages, must not be left with the old ones.
 */
class LoopMemoryTest {
  private static final long CODE = 0x10000;
  private static final long DATA = 0x100000;
  private static final int BYTES = 64 * 4096;
  private static final int ITERATIONS = 5000;

  /** Each ends with subs x2, x2, 1; b.ne; x0 is read, x4 written. */
  enum Body {
    /** ldrb w1, [x0]; add w1, w1, 1; strb w1, [x0, 1]!. */
    SUCCESSORS(5, 5, 0x39400001, 0x11000421, 0x38001c01),
    /** ldr x1, [x0], 24; eor x3, x3, x1; str x3, [x4], 24; not aligned. */
    ACROSS_PAGES(3, 99, 0xf8418401, 0xca010063, 0xf8018483),
    /** ldrh w1, [x0, -2]!; add w1, w1, w3; strh w1, [x4, -2]!. */
    DOWNWARDS(BYTES - 15, BYTES - 79, 0x785fec01, 0x0b030021, 0x781fec81),
    /** ldrb w1, [x0], 1; ldrb w1, [x5, w1, uxtw]; strb w1, [x4], 1; the table is written, too. */
    TABLE(BYTES - 5200, BYTES - 5136, 0x38401401, 0x386148a1, 0x38001481),
    /** ldr w1, [x0]; add x0, x0, x6; add w3, w3, w1; str w3, [x4]; add x4, x4, x6. */
    STEP_IN_REGISTER(2, 62, 0xb9400001, 0x8b060000, 0x0b010063, 0xb9000083, 0x8b060084);

    private final int from;
    private final int to;
    private final int[] words;

    Body(int from, int to, int... words) {
      this.from = from;
      this.to = to;
      this.words = words;
    }

    CpuState guest(AddressSpace memory) {
      CpuState cpu = new CpuState();
      cpu.memory = memory;
      ByteBuffer code = ByteBuffer.allocate(4 * (words.length + 3)).order(ByteOrder.LITTLE_ENDIAN);
      code.asIntBuffer()
          .put(words)
          .put(0xf1000442) // subs x2, x2, 1
          .put(0x54000001 | (-words.length - 1 & 0x7ffff) << 5) // b.ne
          .put(0xd4000001); // svc 0
      memory.write(CODE, code.array());
      cpu.pc = CODE;
      cpu.x[0] = DATA + from;
      cpu.x[2] = ITERATIONS;
      cpu.x[4] = DATA + to;
      cpu.x[5] = DATA + BYTES - 1000;
      cpu.x[6] = 20;
      return cpu;
    }
  }

  private static final Meanings MEANINGS = Meanings.a64();

  private static AddressSpace memory(boolean written) {
    AddressSpace memory = new AddressSpace(new MemoryLimit(1 << 22));
    memory.map(CODE, 4096, 7, "code");
    memory.map(DATA, BYTES, 3, "data");
    if (written) {
      byte[] noise = new byte[BYTES];
      new Random(1).nextBytes(noise);
      memory.write(DATA, noise);
    }
    return memory;
  }

  private static byte[] data(AddressSpace memory) {
    return memory.read(DATA, BYTES);
  }

  private static Engine engine(Accelerator accelerator) {
    return Engines.of(Engines.Policy.PAGE, ShippedDispatcher.A64::dispatcher, null, accelerator)
        .get();
  }

  private static void alike(Body body, AddressSpace one, AddressSpace other) {
    CpuState plain = body.guest(one);
    Engine engine = engine(null);
    engine.run(plain, 1 << 20);
    Accelerator accelerator =
        new Accelerator(
            Set.of(Network.LOOPS), () -> MEANINGS, null, Runnable::run, null, Heat.AT_ONCE);
    CpuState fast = body.guest(other);
    Engine fastEngine = engine(accelerator);
    fastEngine.run(fast, 1 << 20);
    assertEquals(engine.executed(), fastEngine.executed());
    assertArrayEquals(plain.x, fast.x);
    assertArrayEquals(data(one), data(other));
    Tally tally = accelerator.tallies().get(Network.LOOPS);
    assertTrue(tally.skipped > engine.executed() / 2, () -> tally.skipped + " applied at once");
  }

  @ParameterizedTest
  @EnumSource
  void untouchedPages(Body body) {
    alike(body, memory(false), memory(false));
  }

  @ParameterizedTest
  @EnumSource
  void writtenPages(Body body) {
    alike(body, memory(true), memory(true));
  }

  @ParameterizedTest
  @EnumSource
  void pagesThatAParentHasToo(Body body) {
    AddressSpace parent = memory(true);
    byte[] before = data(parent);
    alike(body, memory(true), parent.fork());
    assertArrayEquals(before, data(parent));
  }
}
