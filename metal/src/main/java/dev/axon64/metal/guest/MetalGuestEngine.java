package dev.axon64.metal.guest;

import dev.axon64.machine.engine.Engine;
import dev.axon64.machine.engine.StagedPages;
import dev.axon64.machine.engine.Stop;
import dev.axon64.machine.memory.MemoryFault;
import dev.axon64.machine.memory.NoPrefetch;
import dev.axon64.machine.state.CpuState;
import dev.axon64.metal.exec.RunOptions;

/**
 * One guest in the generated shader on the Metal executor. The pages that it accesses are copied in
 * and out at each run, so that runs should be long.
 */
public final class MetalGuestEngine implements Engine {
  private final GuestShader shader;
  private final Staging staging;
  private long executed;

  /**
   * @param shader may be shared by several engines
   */
  public MetalGuestEngine(GuestShader shader) {
    this(shader, new Staging(new StagedPages(new NoPrefetch())));
  }

  /**
   * @param shader may be shared by several engines
   * @param staging says which pages are copied in; may be shared by engines of one host thread
   */
  public MetalGuestEngine(GuestShader shader, Staging staging) {
    this.shader = shader;
    this.staging = staging;
  }

  @Override
  public Stop run(CpuState cpu, long budget) {
    GuestGrid grid = GuestGrid.unstaged(shader.layout(), cpu, budget);
    staging.begin(grid, cpu);
    do {
      shader.run(grid, 1, RunOptions.defaults().withThreads(1));
    } while (staging.next(grid));
    executed = grid.executed(0);
    try {
      Stop stop = grid.copyOut().get(0);
      executed = grid.executed(0);
      return stop;
    } catch (MemoryFault fault) { // the machine's limit on memory is reached
      return new Stop.Fault(fault);
    }
  }

  @Override
  public long executed() {
    return executed;
  }
}
