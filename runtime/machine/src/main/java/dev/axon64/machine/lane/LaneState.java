package dev.axon64.machine.lane;

import dev.axon64.machine.state.CpuState;
import dev.axon64.machine.state.Host;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorSpecies;

/** Up to 64 guests side by side: their registers, their memories and what stops them. */
public final class LaneState extends LaneRegisters {
  /** The number of guests in one state. A mask of them is a {@code long}. */
  public static final int LANES = Long.SIZE;

  /** The widest vectors of this machine. */
  public static final VectorSpecies<Long> SPECIES =
      LongVector.SPECIES_PREFERRED.length() <= LANES
          ? LongVector.SPECIES_PREFERRED
          : LongVector.SPECIES_512;

  /** The number of rows of {@link #scratch}. */
  public static final int SCRATCH = 32;

  public static final LongVector ZERO = LongVector.zero(SPECIES);

  /** Returned for the next address when lanes go different ways; {@link #pc} then says where. */
  public static final long SCATTERED = 1;

  /** Rows for values that one step of an instruction leaves for the next. */
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
   * Returns where lanes go after a branch to one target.
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

  /** Returns where lanes go after a branch whose targets are in {@link #pc}; the others go on. */
  public long scatter(long mask, long written, long next) {
    for (long left = mask & ~written; left != 0; left &= left - 1) {
      pc[Long.numberOfTrailingZeros(left)] = next;
    }
    return gather(mask);
  }

  /** Returns the address that all these lanes have in {@link #pc}, or {@link #SCATTERED}. */
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

  /** Copies a guest into a lane. */
  public void load(int lane, CpuState cpu) {
    super.load(lane, cpu);
    memory.attach(lane, cpu.memory);
    host[lane] = cpu.host;
  }

  /** Copies a lane's registers back to a guest. */
  public void store(int lane, CpuState cpu) {
    super.store(lane, cpu);
  }
}
