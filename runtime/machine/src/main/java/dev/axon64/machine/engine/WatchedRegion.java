package dev.axon64.machine.engine;

import dev.axon64.machine.memory.MemoryFault;
import dev.axon64.machine.state.CpuState;
import dev.axon64.machine.state.GuestTrap;
import dev.axon64.machine.translate.Region;
import dev.axon64.machine.translate.RegionRun;

/** A region with someone who is told when it is entered and left. */
public final class WatchedRegion extends Region {
  /** Is told. */
  public interface Listener {
    /** The region is entered, by an engine or by another region that waits meanwhile. */
    void entered();

    /**
     * The region is left.
     *
     * @param reason one of those of {@link RegionRun}; {@link #STOPPED} if its instruction trapped
     * @param executed the instructions executed meanwhile, in this region and those it called
     */
    void left(int reason, long executed);
  }

  /** The instruction at the pc trapped or faulted in its kernel. */
  public static final int STOPPED = -1;

  private final Region region;
  private final Listener listener;

  public WatchedRegion(Region region, Listener listener) {
    super(0, 0);
    this.region = region;
    this.listener = listener;
  }

  @Override
  public void run(int entry, CpuState cpu, RegionRun run) {
    long before = run.left + run.outside;
    listener.entered();
    try {
      region.run(entry, cpu, run);
    } catch (GuestTrap | MemoryFault stopped) {
      listener.left(STOPPED, before - run.left - run.outside);
      throw stopped;
    }
    listener.left(run.reason, before - run.left - run.outside);
  }
}
