package dev.axon64.runtime.engine;

import dev.axon64.codegen.dispatch.Dispatcher;
import dev.axon64.runtime.cpu.CpuState;
import dev.axon64.runtime.memory.AddressSpace;
import java.util.List;
import java.util.function.Supplier;

/** One guest in the lane engine. */
public final class OneLaneEngine implements Engine {
  private final Supplier<? extends Dispatcher> dispatchers;
  private LaneEngine lanes;
  private AddressSpace memory;

  /**
   * @param dispatchers the network
   */
  public OneLaneEngine(Supplier<? extends Dispatcher> dispatchers) {
    this.dispatchers = dispatchers;
  }

  @Override
  public Stop run(CpuState cpu, long budget) {
    if (cpu.memory != memory) { // what is known of the code is another memory's
      lanes = new LaneEngine(dispatchers);
      memory = cpu.memory;
    }
    return lanes.run(List.of(cpu), budget)[0];
  }

  @Override
  public long executed() {
    return lanes == null ? 0 : lanes.executed(0);
  }
}
