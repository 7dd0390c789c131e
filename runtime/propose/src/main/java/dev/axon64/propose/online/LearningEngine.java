package dev.axon64.propose.online;

import dev.axon64.machine.engine.Engine;
import dev.axon64.machine.engine.Stop;
import dev.axon64.machine.kernel.Kernels;
import dev.axon64.machine.memory.MemoryFault;
import dev.axon64.machine.state.CpuState;
import dev.axon64.machine.state.GuestTrap;

/**
 * An engine for which a misdispatch is not the end: the kernel that accepts the word executes it,
 * and the learner is told. This is the one place where a kernel is not the network's choice, and
 * each time is counted.
 */
final class LearningEngine implements Engine {
  private final Engine engine;
  private final LearningSession session;
  private long generation;
  private long executed;

  /**
   * @param engine asks the session's dispatcher
   */
  LearningEngine(Engine engine, LearningSession session) {
    this.engine = engine;
    this.session = session;
    this.generation = session.generation();
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
    while (executed < budget) {
      session.turn();
      if (generation != session.generation()) {
        generation = session.generation();
        engine.networkChanged();
      }
      Stop stop = engine.run(cpu, budget - executed);
      count(engine.executed());
      if (stop instanceof Stop.Misdispatch wrong) {
        stop = trapped(cpu, wrong.word());
      }
      if (!(stop instanceof Stop.Budget)) {
        return stop;
      }
    }
    return Stop.BUDGET;
  }

  private Stop trapped(CpuState cpu, int word) {
    int kernel = session.kernels().owner(word);
    session.trapped(word, cpu.pc, kernel);
    int instruction = session.kernels().decode(kernel, word);
    try {
      cpu.pc = Kernels.execute(kernel, instruction, cpu, word, cpu.pc);
      count(1);
      return Stop.BUDGET;
    } catch (GuestTrap trap) {
      Stop stop = Stop.of(trap, word, kernel);
      if (stop instanceof Stop.SystemCall) {
        cpu.pc += 4;
        count(1);
      }
      return stop;
    } catch (MemoryFault fault) {
      return new Stop.Fault(fault);
    }
  }

  private void count(long instructions) {
    executed += instructions;
    session.executed(instructions);
  }
}
