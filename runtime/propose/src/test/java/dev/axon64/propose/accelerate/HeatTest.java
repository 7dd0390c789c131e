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
import dev.axon64.propose.companion.LoopProposal;
import dev.axon64.propose.companion.LoopType;
import dev.axon64.propose.companion.PatternProposal;
import dev.axon64.propose.companion.PatternProposal.Direction;
import dev.axon64.propose.companion.PatternProposal.Kind;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Nothing is loaded for, and nobody is asked about, a loop that cannot pay. */
class HeatTest {
  private static final long CODE = 0x10000;

  /** eor x2, x2, x2, lsl 13. */
  private static final int MIX = 0xca023442;

  private static final Heat SOON = new Heat(10_000, 100_000, 1000, 0, 64);

  /** Counts what it is asked. */
  private static final class Asked implements Proposer {
    int made;
    int loops;
    List<LoopProposal> guesses = List.of();
    List<PatternProposal> patterns = List.of();

    Asked make() {
      made++;
      return this;
    }

    @Override
    public List<LoopProposal> loops(int[] words, long[] registers, double odds) {
      loops++;
      return guesses;
    }

    @Override
    public List<PatternProposal> patterns(int[] words, long[] registers, double odds) {
      return patterns;
    }
  }

  private final Asked asked = new Asked();
  private int read;
  private Accelerator accelerator = accelerator(SOON);

  private Accelerator accelerator(Heat heat) {
    return new Accelerator(
        Set.of(Network.LOOPS, Network.PATTERNS),
        () -> {
          read++;
          return Meanings.a64();
        },
        asked::make,
        Runnable::run,
        null,
        heat);
  }

  /** An outer loop without end around one of so many iterations, and a call in it or none. */
  private CpuState guest(int iterations, boolean call) {
    // bl to the ret, or add x2, x2, x1
    return guest(iterations, call ? 0x94000006 : 0x8b010042);
  }

  /**
   * @param word in the inner loop
   */
  private CpuState guest(int iterations, int word) {
    CpuState cpu = new CpuState();
    cpu.memory = new AddressSpace(new MemoryLimit(1 << 22));
    cpu.memory.map(CODE, 4096, 7, "code");
    int[] words = {
      0x52800000 | (iterations & 0xffff) << 5, // mov w0, low half
      0x72a00000 | (iterations >>> 16) << 5, // movk w0, high half, lsl 16
      word,
      0x8b010042, // add x2, x2, x1
      0x71000400, // subs w0, w0, 1
      0x54ffffa1, // b.ne to the third
      0x91000421, // add x1, x1, 1
      0x17fffff9, // b to the first
      0xd65f03c0, // ret
    };
    ByteBuffer code = ByteBuffer.allocate(4 * words.length).order(ByteOrder.LITTLE_ENDIAN);
    code.asIntBuffer().put(words);
    cpu.memory.write(CODE, code.array());
    cpu.x[1] = 3;
    cpu.pc = CODE;
    return cpu;
  }

  private Engine engine() {
    return Engines.of(Engines.Policy.PAGE, ShippedDispatcher.A64::dispatcher, null, accelerator)
        .get();
  }

  private void run(CpuState cpu, long instructions) {
    Engine engine = engine();
    engine.run(cpu, instructions);
    assertEquals(instructions, engine.executed());
  }

  @Test
  void aShortProgramLoadsNothing() {
    run(guest(1 << 20, false), 9000);
    assertEquals(0, read);
    assertEquals(0, asked.made);
  }

  @Test
  void aLongLoopIsAskedAboutOnceItIsHot() {
    run(guest(1 << 20, false), 90_000);
    assertEquals(1, read);
    assertEquals(0, asked.made);
    run(guest(1 << 20, false), 200_000);
    assertEquals(1, asked.made);
    assertTrue(asked.loops > 0);
  }

  private void isReadButNotAskedAbout(CpuState guest) {
    run(guest, 2_000_000);
    assertEquals(1, read);
    assertEquals(0, asked.made);
  }

  /** Limits that are met in samples alone. */
  @Test
  void aLoopIsFoundInSamplesOfItsBranches() {
    accelerator = accelerator(new Heat(1 << 23, 1 << 25, 1 << 16, 1 << 10, 64));
    run(guest(1 << 30, false), 1 << 26);
    assertEquals(1, read);
    assertTrue(asked.loops > 0);
  }

  @Test
  void aLoopOfFewIterationsIsNotAskedAbout() {
    isReadButNotAskedAbout(guest(50, false));
  }

  @Test
  void aLoopThatCannotBeReadIsNotAskedAbout() {
    isReadButNotAskedAbout(guest(1 << 20, true));
    // Once for the loop, once for the return, which leads back too.
    assertEquals(Map.of("call or jump", 2L), accelerator.unread());
  }

  /** The networks are loaded for all loops together. */
  @Test
  void severalLoopsAreAskedAboutSoonerThanOne() {
    CpuState many = guest(1 << 20, false);
    CpuState other = guest(1 << 20, MIX);
    Engine one = engine();
    Engine another = engine();
    for (int i = 0; i < 6; i++) {
      assertEquals(0, asked.made);
      one.run(many, 9_000);
      another.run(other, 9_000);
    }
    one.run(many, 9_000);
    assertEquals(1, asked.made);
  }

  /** It is asked about more than once, but not without end. */
  @Test
  void lessLikelyGuessesAreHeardOfALoopThatStaysHot() {
    run(guest(1 << 20, false), 4_000_000);
    assertEquals(3, asked.loops);
  }

  private long applied(Network network) {
    return accelerator.tallies().get(network).applied;
  }

  @Test
  void whatIsKnownToBeShortIsNotApplied() {
    asked.guesses = List.of(new LoopProposal(LoopType.COUNT_DOWN, 0, 300));
    accelerator = accelerator(new Heat(1000, 1000, 1000, 1201, 64));
    run(guest(300, false), 1_000_000);
    assertEquals(0, applied(Network.LOOPS));
    accelerator = accelerator(new Heat(1000, 1000, 1000, 1000, 64));
    run(guest(300, false), 1_000_000);
    assertTrue(applied(Network.LOOPS) > 500, () -> "applied " + applied(Network.LOOPS));
  }

  /** Whose source register, that of no load, says nothing. */
  @Test
  void aMixOfRegistersAloneIsApplied() {
    asked.patterns = List.of(new PatternProposal(Kind.CRC, 9, 9, 9, 1, Direction.UNKNOWN, 0, 0));
    CpuState fast = guest(1 << 20, MIX);
    run(fast, 1_000_000);
    assertTrue(applied(Network.PATTERNS) > 0);
    accelerator = null;
    CpuState plain = guest(1 << 20, MIX);
    run(plain, 1_000_000);
    assertArrayEquals(plain.x, fast.x);
  }
}
