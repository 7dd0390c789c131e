package dev.axon64.machine.lane;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.axon64.codegen.isa.InstructionSpec;
import dev.axon64.codegen.isa.model.Instruction;
import dev.axon64.codegen.isa.model.WordSampler;
import dev.axon64.machine.kernel.Kernels;
import dev.axon64.machine.kernel.LaneKernels;
import dev.axon64.machine.memory.AddressSpace;
import dev.axon64.machine.memory.MemoryFault;
import dev.axon64.machine.state.CpuState;
import dev.axon64.machine.state.GuestTrap;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Every copy of every instruction: 64 lanes in random states, some of them masked off, at one
 * address in memory or at several, against the scalar kernel on registers, flags, memory, the next
 * address and what stops it. {@code -Daxon64.tries=N} makes N/1000 words a copy.
 */
class LaneKernelsTest {
  private static final int WORDS = Math.max(1, Integer.getInteger("axon64.tries", 1000) / 1000);
  private static final int KERNELS = 8;
  private static final long PC = 0x4000;

  /** Where the guests' data are, in a page that is all they have. */
  static final long DATA = 0x10000;

  static final int DATA_BYTES = AddressSpace.PAGE;

  private final LaneState lanes = new LaneState();
  private final LaneGuest[] guests = new LaneGuest[LaneState.LANES];
  private final CpuState after = new CpuState();
  private final Random random = new Random(128);

  @Test
  void everyLaneDoesWhatTheScalarKernelDoes() {
    for (int i = 0; i < guests.length; i++) {
      guests[i] = new LaneGuest(random);
    }
    WordSampler words = new WordSampler(128);
    for (Instruction instruction : InstructionSpec.a64().instructions()) {
      for (int i = 0; i < WORDS; i++) {
        check(instruction.name(), words.word(instruction));
      }
    }
  }

  private void check(String name, int word) {
    int kernel = 0;
    while (Kernels.decode(kernel, word) < 0) {
      kernel++;
      assertEquals(true, kernel < KERNELS, () -> name + " is nobody's");
    }
    int instruction = Kernels.decode(kernel, word);
    int offset = random.nextBoolean() ? random.nextInt(16) : -1;
    for (int lane = 0; lane < guests.length; lane++) {
      guests[lane].shuffle(word >>> 5 & 31, offset, PC);
      lanes.load(lane, guests[lane].inLanes());
    }
    long mask = random.nextInt(3) == 0 ? -1 : random.nextLong();
    lanes.stopped = 0;
    Arrays.fill(lanes.stops, null);
    long next = LaneKernels.execute(kernel, instruction, lanes, word, PC, mask);
    for (int lane = 0; lane < guests.length; lane++) {
      boolean on = (mask >>> lane & 1) != 0;
      String wanted = on ? scalar(kernel, instruction, guests[lane].scalar(), word) : "masked off";
      String got = on ? stopOrNext(lane, next) : "masked off";
      int each = lane;
      assertEquals(wanted, got, () -> String.format("%s %08x in lane %d", name, word, each));
      if (!on || (lanes.stopped >>> lane & 1) == 0) {
        lanes.store(lane, after);
        guests[lane].assertEqualTo(
            after, () -> String.format("%s %08x in lane %d", name, word, each));
      }
    }
  }

  private static String scalar(int kernel, int instruction, CpuState cpu, int word) {
    try {
      return "next " + Long.toHexString(Kernels.execute(kernel, instruction, cpu, word, PC));
    } catch (GuestTrap | MemoryFault e) {
      return e.getMessage();
    }
  }

  private String stopOrNext(int lane, long next) {
    if ((lanes.stopped >>> lane & 1) != 0) {
      return lanes.stops[lane].getMessage();
    }
    return "next " + Long.toHexString(next == LaneState.SCATTERED ? lanes.pc[lane] : next);
  }
}
