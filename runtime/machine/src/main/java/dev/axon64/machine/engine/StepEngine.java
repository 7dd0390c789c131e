package dev.axon64.machine.engine;

import dev.axon64.codegen.dispatch.Dispatcher;
import dev.axon64.machine.state.CpuState;

/** Dispatches by page, and calls an observer between the instructions. */
public final class StepEngine implements Engine {
  private final PageEngine engine;
  private final StepObserver observer;
  private long executed;

  /**
   * @param dispatcher the network
   */
  public StepEngine(Dispatcher dispatcher, StepObserver observer) {
    this(new PageDecisions(dispatcher), observer);
  }

  StepEngine(PageDecisions decisions, StepObserver observer) {
    this.engine = new PageEngine(decisions, null, null);
    this.observer = observer;
  }

  @Override
  public long executed() {
    return executed;
  }

  @Override
  public Stop run(CpuState cpu, long budget) {
    executed = 0;
    while (executed < budget) {
      long pc = cpu.pc;
      int step = engine.peek(cpu);
      int word = engine.word();
      int kernel = CodePage.kernel(step);
      if (step != PageEngine.NOTHING && !observer.before(cpu, word, kernel)) {
        return Stop.BUDGET;
      }
      Stop stop = engine.run(cpu, 1);
      if (engine.executed() > 0) {
        executed++;
        observer.after(cpu, pc, word, kernel);
      }
      if (!(stop instanceof Stop.Budget)) {
        return stop;
      }
    }
    return Stop.BUDGET;
  }
}
