package dev.axon64.runtime.engine;

import dev.axon64.codegen.dispatch.Dispatcher;
import dev.axon64.runtime.cpu.CpuState;
import dev.axon64.runtime.cpu.GuestTrap;
import dev.axon64.runtime.kernel.generated.Kernels;
import dev.axon64.runtime.memory.MemoryFault;

/** The scalar engine that asks the network for every instruction it executes. */
public final class EachEngine implements Engine {
  private final Dispatcher dispatcher;
  private final KernelSet kernels;
  private final Profile profile;
  private long executed;
  private int word;
  private int kernel;

  /**
   * @param dispatcher the network
   */
  public EachEngine(Dispatcher dispatcher) {
    this(dispatcher, null);
  }

  /**
   * @param dispatcher the network
   * @param profile counts what is executed; null to go faster
   */
  public EachEngine(Dispatcher dispatcher, Profile profile) {
    this.dispatcher = dispatcher;
    this.kernels = KernelSet.of(dispatcher);
    this.profile = profile;
  }

  @Override
  public long executed() {
    return executed;
  }

  @Override
  public Stop run(CpuState cpu, long budget) {
    executed = 0;
    try {
      while (executed < budget) {
        step(cpu);
        executed++;
      }
      return Stop.BUDGET;
    } catch (GuestTrap trap) {
      if (trap.kind.equals("misdispatch")) {
        return new Stop.Misdispatch(word, kernel);
      }
      Stop stop = Stop.of(trap, word);
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
      throw new GuestTrap("alignment", pc);
    }
    word = cpu.memory.fetch(pc);
    kernel = dispatcher.kernel(word, pc);
    if (profile != null) {
      profile.evaluated(1);
      profile.add(word, kernel, 1);
    }
    cpu.pc = Kernels.execute(kernel, kernels.decode(kernel, word), cpu, word, pc);
  }
}
