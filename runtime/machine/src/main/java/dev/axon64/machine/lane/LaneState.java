package dev.axon64.machine.lane;

import dev.axon64.machine.state.CpuState;
import dev.axon64.machine.state.Host;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Up to 64 guests side by side: a row of {@link #LANES} values a register, so that one vector
 * operation serves several guests. Generated code works on it, so everything is public and plain.
 */
public final class LaneState {
  /** Guests in one state. A mask of them is a {@code long}. */
  public static final int LANES = Long.SIZE;

  /** The widest vectors of this machine. */
  public static final VectorSpecies<Long> SPECIES =
      LongVector.SPECIES_PREFERRED.length() <= LANES
          ? LongVector.SPECIES_PREFERRED
          : LongVector.SPECIES_512;

  /** Rows of {@link #scratch}. */
  public static final int SCRATCH = 32;

  public static final LongVector ZERO = LongVector.zero(SPECIES);

  /** Returned for the next address when lanes go different ways; {@link #pc} then says where. */
  public static final long SCATTERED = 1;

  /** Rows 0 to 30, row 31 of zeroes, SP, and a row for writes to the zero register. */
  public final long[] x = new long[34 * LANES];

  /** Row 2r is the lower half of V register r, row 2r + 1 its upper half. */
  public final long[] v = new long[64 * LANES];

  /** Addresses, where lanes are not together. */
  public final long[] pc = new long[LANES];

  /** Flags, a bit a lane. */
  public long fn;

  public long fz;
  public long fc;
  public long fv;
  public final long[] fpcr = new long[LANES];
  public final long[] fpsr = new long[LANES];
  public final long[] tpidr = new long[LANES];
  public final long[] excl_addr = new long[LANES];
  public long excl_on;

  /** Rows for what one step of an instruction leaves for the next. */
  public final long[] scratch = new long[SCRATCH * LANES];

  public final LaneMemory memory = new LaneMemory();
  public final Host[] host = new Host[LANES];

  /** Lanes that a trap or fault has stopped since the engine last looked. */
  public long stopped;

  /** What stopped each of them. */
  public final RuntimeException[] stops = new RuntimeException[LANES];

  /** The row that a write to general register r goes to. */
  public static int written(int r) {
    return r + (r + 1 >>> 5) * 2;
  }

  /** Stops a lane at an instruction. */
  public void stop(int lane, long at, RuntimeException why) {
    stopped |= 1L << lane;
    stops[lane] = why;
    pc[lane] = at;
  }

  /**
   * Where lanes go after a branch to one target.
   *
   * @param mask the lanes that executed it
   * @param taken those of them that take it
   */
  public long branch(long mask, long taken, long target, long next) {
    if (taken == mask) {
      return target;
    }
    if (taken == 0) {
      return next;
    }
    for (long left = mask; left != 0; left &= left - 1) {
      int lane = Long.numberOfTrailingZeros(left);
      pc[lane] = (taken >>> lane & 1) != 0 ? target : next;
    }
    return SCATTERED;
  }

  /** Where lanes go after a branch whose targets stand in {@link #pc}; the others go on. */
  public long scatter(long mask, long written, long next) {
    for (long left = mask & ~written; left != 0; left &= left - 1) {
      pc[Long.numberOfTrailingZeros(left)] = next;
    }
    return gather(mask);
  }

  /** The one address in {@link #pc} of all these lanes, or {@link #SCATTERED}. */
  public long gather(long mask) {
    long running = mask & ~stopped;
    if (running == 0) {
      return SCATTERED;
    }
    long first = pc[Long.numberOfTrailingZeros(running)];
    for (long left = running & running - 1; left != 0; left &= left - 1) {
      if (pc[Long.numberOfTrailingZeros(left)] != first) {
        return SCATTERED;
      }
    }
    return first;
  }

  /** Takes a guest's registers into a lane. */
  public void load(int lane, CpuState cpu) {
    for (int r = 0; r <= CpuState.SP; r++) {
      x[r * LANES + lane] = cpu.x[r];
    }
    for (int r = 0; r < cpu.v.length; r++) {
      v[r * LANES + lane] = cpu.v[r];
    }
    pc[lane] = cpu.pc;
    long bit = 1L << lane;
    fn = fn & ~bit | cpu.fn << lane;
    fz = fz & ~bit | cpu.fz << lane;
    fc = fc & ~bit | cpu.fc << lane;
    fv = fv & ~bit | cpu.fv << lane;
    excl_on = excl_on & ~bit | cpu.excl_on << lane;
    fpcr[lane] = cpu.fpcr;
    fpsr[lane] = cpu.fpsr;
    tpidr[lane] = cpu.tpidr;
    excl_addr[lane] = cpu.excl_addr;
    memory.attach(lane, cpu.memory);
    host[lane] = cpu.host;
  }

  /** Gives a lane's registers back. */
  public void store(int lane, CpuState cpu) {
    for (int r = 0; r <= CpuState.SP; r++) {
      cpu.x[r] = x[r * LANES + lane];
    }
    for (int r = 0; r < cpu.v.length; r++) {
      cpu.v[r] = v[r * LANES + lane];
    }
    cpu.pc = pc[lane];
    cpu.fn = fn >>> lane & 1;
    cpu.fz = fz >>> lane & 1;
    cpu.fc = fc >>> lane & 1;
    cpu.fv = fv >>> lane & 1;
    cpu.excl_on = excl_on >>> lane & 1;
    cpu.fpcr = fpcr[lane];
    cpu.fpsr = fpsr[lane];
    cpu.tpidr = tpidr[lane];
    cpu.excl_addr = excl_addr[lane];
  }
}
