package dev.axon64.machine.engine;

import dev.axon64.machine.memory.MemoryFault;
import dev.axon64.machine.state.CpuState;
import dev.axon64.machine.state.GuestTrap;
import dev.axon64.machine.state.TrapKind;

/** Fetches and executes one instruction after the other. */
public abstract class SteppingEngine implements Engine {
  /** The kernel of the current instruction, which a misdispatch names. */
  protected int kernel;

  private int word;
  private long executed;

  /**
   * Asks the network for the kernel, keeps the answer in {@link #kernel}, and lets it execute.
   *
   * @return the address at which the guest goes on
   */
  protected abstract long execute(CpuState cpu, int word, long pc);

  @Override
  public final long executed() {
    return executed;
  }

  @Override
  public final Stop run(CpuState cpu, long budget) {
    executed = 0;
    try {
      while (executed < budget) {
        step(cpu);
        executed++;
      }
      return Stop.BUDGET;
    } catch (GuestTrap trap) {
      Stop stop = Stop.of(trap, word, kernel);
      if (stop instanceof Stop.SystemCall) {
        cpu.pc += 4;
        executed++;
      }
      return stop;
    } catch (MemoryFault fault) {
      return new Stop.Fault(fault);
    }
  }

  private void step(CpuState cpu) {
    long pc = cpu.pc;
    if ((pc & 3) != 0) {
      throw new GuestTrap(TrapKind.ALIGNMENT, pc);
    }
    word = cpu.memory.fetch(pc);
    cpu.pc = execute(cpu, word, pc);
  }
}
