package dev.axon64.app.profile;

import dev.axon64.machine.engine.Engine;
import dev.axon64.machine.engine.Stop;
import dev.axon64.machine.state.CpuState;

/** Interrupts an engine after every so many instructions, to look at the guest's stack. */
final class SampledEngine implements Engine {
  private final Engine engine;
  private final Samples samples;
  private long executed;

  SampledEngine(Engine engine, Samples samples) {
    this.engine = engine;
    this.samples = samples;
  }

  @Override
  public long executed() {
    return executed;
  }

  @Override
  public void networkChanged() {
    engine.networkChanged();
  }

  @Override
  public Stop run(CpuState cpu, long budget) {
    executed = 0;
    Stop stop = Stop.BUDGET;
    while (executed < budget && stop instanceof Stop.Budget) {
      samples.enter(cpu);
      stop = engine.run(cpu, Math.min(budget - executed, samples.untilNext()));
      executed += engine.executed();
      samples.executed(cpu, engine.executed());
    }
    return stop;
  }
}
