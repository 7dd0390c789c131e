package dev.axon64.machine.lane;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.axon64.machine.memory.AddressSpace;
import dev.axon64.machine.memory.MemoryFault;
import dev.axon64.machine.memory.MemoryLimit;
import dev.axon64.machine.state.CpuState;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Lanes that load and store together and apart, while others use, map, protect and fork the same
 * memories, against memories that nobody works on directly.
 */
class LaneMemoryTest {
  private static final int LANES = LaneState.LANES;
  private static final int GUESTS = 20;
  private static final int STEPS = 250;
  private static final long PAGE = AddressSpace.PAGE;
  private static final long BASE = 0x7f_ffff_e000L;
  private static final int PAGES = 5;

  /** Pages so far apart use the same place in the lanes' memory. */
  private static final long FAR = 256 * PAGE;

  private static final long PC = 0x4000;

  private final LaneState lanes = new LaneState();
  private final AddressSpace[] direct = new AddressSpace[GUESTS];
  private final AddressSpace[] plain = new AddressSpace[GUESTS];
  private Random random;

  @Provide
  Arbitrary<Long> seeds() {
    return Arbitraries.longs();
  }

  @Property(tries = 60)
  void lanesSeeWhatEachGuestWouldSee(@ForAll("seeds") long seed) {
    random = new Random(seed);
    for (int i = 0; i < GUESTS; i++) {
      attach(i, space(), space());
    }
    for (int i = 0; i < STEPS; i++) {
      switch (random.nextInt(12)) {
        case 0 -> change(random.nextInt(GUESTS));
        case 1 -> other(random.nextInt(GUESTS));
        default -> access();
      }
    }
    for (int i = 0; i < GUESTS; i++) {
      assertArrayEquals(contents(plain[i]), contents(direct[i]));
    }
  }

  private void attach(int lane, AddressSpace used, AddressSpace twin) {
    direct[lane] = used;
    plain[lane] = twin;
    CpuState cpu = new CpuState();
    cpu.memory = used;
    lanes.load(lane, cpu);
  }

  private static AddressSpace space() {
    AddressSpace space = new AddressSpace(new MemoryLimit(64L << 20));
    space.map(BASE, PAGES * PAGE, 3, "");
    space.map(BASE + FAR, PAGES * PAGE, 3, "");
    return space;
  }

  private long address() {
    long page = BASE + random.nextInt(PAGES + 1) * PAGE + (random.nextInt(4) == 0 ? FAR : 0);
    return page + (random.nextInt(5) == 0 ? PAGE - random.nextInt(9) : random.nextInt(64));
  }

  /** One access of some lanes, at one address or at several. */
  private void access() {
    int bytes = 1 << random.nextInt(4);
    long mask = (random.nextBoolean() ? -1L : random.nextLong()) & (1L << GUESTS) - 1;
    boolean together = random.nextInt(3) > 0;
    long address = address();
    boolean write = random.nextBoolean();
    // Often enough to drive out a page that has its place.
    for (int repeat = random.nextInt(20) == 0 ? 300 : 1; repeat > 0 && mask != 0; repeat--) {
      long[] values = new long[GUESTS];
      for (int lane = 0; lane < GUESTS; lane++) {
        values[lane] = random.nextLong();
        lanes.scratch[lane] = together ? address : address();
        lanes.scratch[LANES + lane] = values[lane];
      }
      lanes.stopped = 0;
      Arrays.fill(lanes.stops, null);
      long good =
          write
              ? lanes.memory.store(lanes, bytes, 0, 1, mask, PC)
              : lanes.memory.load(lanes, bytes, 0, 1, mask, PC);
      assertEquals(mask & ~lanes.stopped, good);
      for (int lane = 0; lane < GUESTS; lane++) {
        if ((mask >>> lane & 1) != 0) {
          String got =
              lanes.stops[lane] != null
                  ? lanes.stops[lane].getMessage()
                  : write ? "stored" : Long.toHexString(lanes.scratch[LANES + lane]);
          assertEquals(outcome(plain[lane], lanes.scratch[lane], bytes, write, values[lane]), got);
        }
      }
    }
  }

  /** An access that no lane makes, such as by a system call. */
  private void other(int lane) {
    long address = address();
    int bytes = 1 << random.nextInt(4);
    boolean write = random.nextBoolean();
    long value = random.nextLong();
    assertEquals(
        outcome(plain[lane], address, bytes, write, value),
        outcome(direct[lane], address, bytes, write, value));
  }

  private static String outcome(
      AddressSpace space, long address, int bytes, boolean write, long value) {
    try {
      if (!write) {
        return Long.toHexString(space.load(address, bytes));
      }
      space.store(address, bytes, value);
      return "stored";
    } catch (MemoryFault e) {
      return e.getMessage();
    }
  }

  /** Changes what is mapped. */
  private void change(int lane) {
    long page = BASE + random.nextInt(PAGES) * PAGE;
    int protection = random.nextInt(4);
    switch (random.nextInt(5)) {
      case 0 -> both(lane, space -> space.protect(page, PAGE, protection));
      case 1 -> both(lane, space -> space.discard(page, PAGE));
      case 2 -> both(lane, space -> space.map(page, PAGE, 3, "again"));
      case 3 -> both(lane, space -> space.unmap(page, PAGE));
      default -> attach(lane, direct[lane].fork(), plain[lane].fork());
    }
  }

  private void both(int lane, java.util.function.Consumer<AddressSpace> change) {
    change.accept(direct[lane]);
    change.accept(plain[lane]);
  }

  private static byte[] contents(AddressSpace space) {
    space.protect(BASE, PAGES * PAGE, 3);
    byte[] bytes = new byte[(int) (2 * PAGES * PAGE)];
    for (int i = 0; i < 2 * PAGES; i++) {
      long page = BASE + (i % PAGES) * PAGE + (i < PAGES ? 0 : FAR);
      if (space.mappingAt(page) != null) {
        space.protect(page, PAGE, 3);
        space.read(page, bytes, (int) (i * PAGE), (int) PAGE);
      }
    }
    return bytes;
  }
}
