package dev.axon64.runtime.extend;

import dev.axon64.codegen.dispatch.Dispatcher;
import dev.axon64.runtime.cpu.CpuState;
import dev.axon64.runtime.cpu.GuestTrap;
import dev.axon64.runtime.engine.Engine;
import dev.axon64.runtime.engine.Stop;
import dev.axon64.runtime.memory.MemoryFault;

/** Asks the extended network for the kernel of every instruction. */
final class ExtensionEngine implements Engine {
  private final Dispatcher dispatcher;
  private final ExtensionKernels kernels;
  private long executed;
  private int word;
  private int kernel;

  ExtensionEngine(Dispatcher dispatcher, ExtensionKernels kernels) {
    this.dispatcher = dispatcher;
    this.kernels = kernels;
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
    cpu.pc = kernels.execute(kernel, kernels.decode(kernel, word), cpu, word, pc);
  }
}
