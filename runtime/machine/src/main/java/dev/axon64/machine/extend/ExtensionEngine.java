package dev.axon64.machine.extend;

import dev.axon64.codegen.dispatch.Dispatcher;
import dev.axon64.machine.engine.SteppingEngine;
import dev.axon64.machine.state.CpuState;

/** Asks the extended network for the kernel of every instruction. */
final class ExtensionEngine extends SteppingEngine {
  private final Dispatcher dispatcher;
  private final ExtensionKernels kernels;

  ExtensionEngine(Dispatcher dispatcher, ExtensionKernels kernels) {
    this.dispatcher = dispatcher;
    this.kernels = kernels;
  }

  @Override
  protected long execute(CpuState cpu, int word, long pc) {
    kernel = dispatcher.kernel(word, pc);
    return kernels.execute(kernel, kernels.decode(kernel, word), cpu, word, pc);
  }
}
