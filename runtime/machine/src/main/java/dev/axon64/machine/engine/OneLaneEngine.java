package dev.axon64.machine.engine;

import dev.axon64.codegen.dispatch.Dispatcher;
import dev.axon64.machine.state.CpuState;
import java.util.List;
import java.util.function.Supplier;

/** Runs one guest in the lane engine. */
public final class OneLaneEngine implements Engine {
  private final LaneEngine lanes;
  private long executed;

  /**
   * @param dispatchers the network
   * @param loops takes over hot loops; null if nothing does
   */
  public OneLaneEngine(Supplier<? extends Dispatcher> dispatchers, HotLoops loops) {
    lanes = new LaneEngine(dispatchers, () -> loops);
  }

  @Override
  public Stop run(CpuState cpu, long budget) {
    Stop stop = lanes.run(List.of(cpu), budget)[0];
    executed = lanes.executed(0);
    return stop;
  }

  @Override
  public long executed() {
    return executed;
  }
}
