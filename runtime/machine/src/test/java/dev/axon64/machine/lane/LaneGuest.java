package dev.axon64.machine.lane;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.axon64.machine.memory.AddressSpace;
import dev.axon64.machine.memory.MemoryLimit;
import dev.axon64.machine.state.CpuState;
import dev.axon64.machine.state.Host;
import dev.axon64.machine.state.Register;
import dev.axon64.machine.state.Registers;
import java.util.Random;
import java.util.function.Supplier;

/** A guest twice, in the same random state: once for the lanes, once for the scalar kernel. */
final class LaneGuest {
  private static final FloatFormat[] FORMATS = FloatFormat.values();
  private static final int[] SHIFTS = {0, 16, 32};

  /** Bytes around the middle that get new contents each time. */
  private static final int NEAR = 512;

  private static final long MIDDLE = LaneKernelsTest.DATA + LaneKernelsTest.DATA_BYTES / 2;

  private final Random random;
  private final CpuState inLanes = guest();
  private final CpuState scalar = guest();

  LaneGuest(Random random) {
    this.random = random;
  }

  private static CpuState guest() {
    CpuState cpu = new CpuState();
    cpu.memory = new AddressSpace(new MemoryLimit(1 << 20));
    cpu.memory.map(
        LaneKernelsTest.DATA,
        LaneKernelsTest.DATA_BYTES,
        AddressSpace.READ | AddressSpace.WRITE,
        "data");
    cpu.host = new StoppedClock();
    return cpu;
  }

  CpuState inLanes() {
    return inLanes;
  }

  CpuState scalar() {
    return scalar;
  }

  /**
   * Makes a new state, in which one register nearly always holds an address in the data.
   *
   * @param offset from the middle of the data; -1 for any address
   */
  void shuffle(int base, int offset, long pc) {
    for (int r = 0; r < CpuState.ZERO; r++) {
      scalar.x[r] =
          random.nextInt(3) == 0 ? random.nextInt(64) : random.nextLong() >> random.nextInt(64);
    }
    scalar.x[CpuState.SP] = MIDDLE;
    if (base < CpuState.ZERO && offset >= 0) {
      scalar.x[base] = MIDDLE + offset;
    } else if (base < CpuState.ZERO && random.nextInt(8) != 0) {
      scalar.x[base] = MIDDLE + (random.nextInt(4) == 0 ? random.nextInt(16) : 0);
    }
    for (int half = 0; half < scalar.v.length; half++) {
      FloatFormat format = FORMATS[random.nextInt(FORMATS.length)];
      long other = random.nextLong() >> random.nextInt(64);
      scalar.v[half] =
          format.random(random) << SHIFTS[random.nextInt(64 / format.width) % SHIFTS.length]
              ^ (format == FloatFormat.DOUBLE ? 0 : other << format.width);
    }
    scalar.fn = random.nextInt(2);
    scalar.fz = random.nextInt(2);
    scalar.fc = random.nextInt(2);
    scalar.fv = random.nextInt(2);
    scalar.fpcr = random.nextBoolean() ? 0 : (long) random.nextInt(32) << 22;
    scalar.fpsr = 0;
    scalar.tpidr = random.nextLong();
    scalar.excl_on = random.nextInt(2);
    scalar.excl_addr = MIDDLE;
    scalar.pc = pc;
    inLanes.assign(scalar);
    byte[] data = new byte[NEAR];
    random.nextBytes(data);
    scalar.memory.write(MIDDLE - NEAR / 2, data);
    inLanes.memory.write(MIDDLE - NEAR / 2, data);
  }

  /** The lane's registers after, and its memory, must be the scalar guest's. */
  void assertEqualTo(CpuState lane, Supplier<String> what) {
    for (int slot = 0; slot < Registers.SLOTS; slot++) {
      if (!Register.at(slot).name().equals("PC")) {
        assertEquals(scalar.get(slot), lane.get(slot), what);
      }
    }
    int bytes = LaneKernelsTest.DATA_BYTES;
    assertArrayEquals(
        scalar.memory.read(LaneKernelsTest.DATA, bytes),
        inLanes.memory.read(LaneKernelsTest.DATA, bytes),
        what);
  }

  /** A counter that stands still, so that both guests read the same. */
  private static final class StoppedClock implements Host {
    @Override
    public long cntvct() {
      return 42;
    }

    @Override
    public void ic_ivau(long address) {
      Host.PLAIN.ic_ivau(address);
    }

    @Override
    public void yield() {
      Host.PLAIN.yield();
    }

    @Override
    public void barrier() {
      Host.PLAIN.barrier();
    }
  }
}
