package dev.axon64.machine.translate;

/** What a region is given and leaves beside the registers. */
public final class RegionRun {
  /** Why a region was left. */
  public static final int LEFT = 0;

  /** The instruction at the pc was not executed, and a region cannot execute it now. */
  public static final int UNABLE = 1;

  /** Fewer instructions may be executed than a region has; the pc is one of its entries. */
  public static final int BUDGET = 2;

  /** Instructions that may still be executed. */
  public int left;

  /** One of the reasons above. */
  public int reason;
}
