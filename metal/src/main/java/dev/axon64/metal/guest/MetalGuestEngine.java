package dev.axon64.metal.guest;

import dev.axon64.metal.exec.RunOptions;
import dev.axon64.runtime.cpu.CpuState;
import dev.axon64.runtime.engine.Engine;
import dev.axon64.runtime.engine.Stop;
import dev.axon64.runtime.memory.MemoryFault;
import java.util.List;

/**
 * One guest in the generated shader on the Metal executor. Its whole memory is copied in and out at
 * each run, so that runs should be long.
 */
public final class MetalGuestEngine implements Engine {
  private final GuestShader shader;
  private long executed;

  /**
   * @param shader may be shared by several engines
   */
  public MetalGuestEngine(GuestShader shader) {
    this.shader = shader;
  }

  @Override
  public Stop run(CpuState cpu, long budget) {
    GuestGrid grid = new GuestGrid(shader.layout(), List.of(cpu), budget);
    shader.run(grid, 1, RunOptions.defaults().withThreads(1));
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
