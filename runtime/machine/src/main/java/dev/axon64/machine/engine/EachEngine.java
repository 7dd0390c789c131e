package dev.axon64.machine.engine;

import dev.axon64.codegen.dispatch.Dispatcher;
import dev.axon64.machine.kernel.Kernels;
import dev.axon64.machine.state.CpuState;

/** The scalar engine that asks the network for every instruction it executes. */
public final class EachEngine extends SteppingEngine {
  private final Dispatcher dispatcher;
  private final KernelSet kernels;
  private final Profile profile;

  /**
   * @param dispatcher the network
   */
  public EachEngine(Dispatcher dispatcher) {
    this(dispatcher, null);
  }

  /**
   * @param dispatcher the network
   * @param profile counts what is executed; null if that is not needed, which is faster
   */
  public EachEngine(Dispatcher dispatcher, Profile profile) {
    this.dispatcher = dispatcher;
    this.kernels = KernelSet.of(dispatcher);
    this.profile = profile;
  }

  @Override
  protected long execute(CpuState cpu, int word, long pc) {
    kernel = dispatcher.kernel(word, pc);
    if (profile != null) {
      profile.evaluated(1);
      profile.add(word, kernel, 1);
    }
    return Kernels.execute(kernel, kernels.decode(kernel, word), cpu, word, pc);
  }
}
