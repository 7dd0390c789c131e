package dev.axon64.runtime.engine;

import dev.axon64.codegen.dispatch.Dispatcher;
import dev.axon64.codegen.network.Models;
import dev.axon64.codegen.network.Network;
import dev.axon64.codegen.support.InputException;
import dev.axon64.runtime.dispatch.SimdEngine;
import java.util.List;
import java.util.function.Supplier;

/** Makes engines from networks. */
public final class Engines {
  /** When the network is asked. */
  public enum Policy {
    /** A page of code at a time, when it is first executed, and again after it was written. */
    PAGE,
    /** For every instruction that is executed. */
    EACH
  }

  private Engines() {}

  /**
   * The generated SIMD dispatcher of a network.
   *
   * @throws InputException if its kernels are not those that were generated
   */
  public static Supplier<? extends Dispatcher> dispatchers(Network network) {
    List<String> generated = Models.spec("a64").kernels();
    List<String> kernels = network.spec().kernels();
    if (kernels.size() > generated.size()
        || !generated.subList(0, kernels.size()).equals(kernels)) {
      throw new InputException(
          "model " + network.spec().name(),
          "has the kernels " + kernels + "; the emulator has " + generated);
    }
    return new SimdEngine().open(network);
  }

  /**
   * Engines of a policy, all for one host thread.
   *
   * @param profile where they count what they execute; null if they need not
   */
  public static Supplier<Engine> of(
      Policy policy, Supplier<? extends Dispatcher> dispatchers, Profile profile) {
    if (policy == Policy.EACH) {
      return () -> new EachEngine(dispatchers.get(), profile);
    }
    PageDecisions decisions = new PageDecisions(dispatchers.get());
    if (profile != null) {
      profile.watch(decisions);
    }
    return () -> new PageEngine(decisions, profile);
  }

  /** Engines that let an observer see every instruction; all for one host thread. */
  public static Supplier<Engine> observed(
      Supplier<? extends Dispatcher> dispatchers, Supplier<? extends StepObserver> observers) {
    PageDecisions decisions = new PageDecisions(dispatchers.get());
    return () -> new StepEngine(decisions, observers.get());
  }
}
