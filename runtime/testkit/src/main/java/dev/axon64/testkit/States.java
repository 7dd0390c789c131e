package dev.axon64.testkit;

import dev.axon64.machine.state.Register;
import dev.axon64.machine.state.Registers;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/**
 * Random states, in which half of all values are those at which arithmetic changes its mind, and
 * half of all states have registers that are nearly the same.
 */
public final class States {
  private static final long[] EDGES = {
    0,
    1,
    2,
    31,
    32,
    63,
    64,
    0x7f,
    0x80,
    0xff,
    0x7fff,
    0x8000,
    0xffff,
    0x7fff_ffffL,
    0x8000_0000L,
    0xffff_ffffL,
    0x1_0000_0000L,
    Long.MAX_VALUE,
    Long.MIN_VALUE,
    0x3ff0_0000_0000_0000L,
    0x7ff0_0000_0000_0000L,
    0x7ff8_0000_0000_0000L,
    0x3f80_0000L
  };

  /** One state in so many has registers that are the same but for one, as comparisons like them. */
  private static final int ONE_IN = 2;

  private static final int FIRST_STATUS = Register.named("FPSR").orElseThrow().first();
  private static final int PC = Register.named("PC").orElseThrow().first();

  private States() {}

  /** All registers and all memory. Some general registers point into the window of memory. */
  public static Arbitrary<MachineState> any() {
    return Arbitraries.randomValue(States::random);
  }

  private static MachineState random(Random random) {
    MachineState state = MachineState.zero();
    boolean alike = random.nextInt(ONE_IN) == 0;
    // Mistaken signs are the commonest of mistakes.
    long shared = value(random) | (random.nextBoolean() ? Long.MIN_VALUE : 0);
    for (int slot = 0; slot < Registers.SLOTS; slot++) {
      boolean status = slot >= FIRST_STATUS && slot != PC;
      if (slot != PC && !(status && random.nextBoolean())) {
        long value = alike ? shared + random.nextInt(3) - 1 : value(random);
        state = state.withSlot(slot, status ? 0 : value);
      }
    }
    byte[] memory = new byte[MachineState.WINDOW_SIZE];
    random.nextBytes(memory);
    return state.withMemory(memory);
  }

  private static long edge(Random random) {
    long edge = EDGES[random.nextInt(EDGES.length)];
    return random.nextBoolean() ? edge : -edge;
  }

  static long value(Random random) {
    return switch (random.nextInt(8)) {
      case 0, 1, 2, 3 -> edge(random);
      case 4 -> MachineState.WINDOW + random.nextInt(MachineState.WINDOW_SIZE);
      case 5 -> random.nextInt(1000);
      default -> random.nextLong();
    };
  }
}
