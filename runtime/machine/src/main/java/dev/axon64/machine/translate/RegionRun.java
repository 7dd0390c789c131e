package dev.axon64.machine.translate;

import dev.axon64.machine.memory.AddressSpace;
import dev.axon64.machine.state.CpuState;

/** What a region is given and leaves beside the registers, and how it calls others. */
public abstract class RegionRun {
  /** The register that holds where a function returns to. */
  protected static final int LINK = 30;

  /** Why a region was left. */
  public static final int LEFT = 0;

  /** The instruction at the pc was not executed; no region can execute it. */
  public static final int UNABLE = 1;

  /**
   * Fewer instructions may be executed than a region has; the pc is that of a loop, or of an entry,
   * or where the region's function was called from.
   */
  public static final int BUDGET = 2;

  /** A computed branch led to the pc; {@link #from} says where it stands. */
  public static final int JUMPED = 3;

  /** A call did not come back, and the reason has to do with what was called. */
  public static final int ELSEWHERE = 4;

  /** The instruction at the pc was not executed, since it could not access memory at once. */
  public static final int REFUSED = 5;

  /** Instructions that may still be executed. */
  public int left;

  /** One of the reasons above. */
  public int reason;

  /** Instructions executed so far in functions that regions called, but in no region. */
  public long outside;

  /** The region that has missed memory; null for none. */
  private Region missed;

  private int site;
  private long address;

  /** Notes that an access of a region did not find its address. */
  final void miss(Region region, int number, long a) {
    missed = region;
    site = number;
    address = a;
  }

  /**
   * Helps the region that has missed memory to find it next time, if there is one. The access has
   * been made otherwise meanwhile.
   */
  public final void learn(AddressSpace memory) {
    if (missed != null) {
      missed.look(site, address, memory);
      missed = null;
    }
  }

  /** Forgets the region that has missed memory, before another address space is used. */
  protected final void forgetMiss() {
    missed = null;
  }

  /** The address of the computed branch by which a region was left. */
  public long from;

  /**
   * Executes a function of the guest, in regions where there are any.
   *
   * @param cpu all registers as at the function's beginning, but for the pc
   * @param reserve instructions that the caller may execute afterwards, so that the function may
   *     not
   * @return whether it has come back; else the state is that of wherever the guest is, and the
   *     reason says why
   */
  public abstract boolean call(CpuState cpu, long target, long back, int reserve);
}
