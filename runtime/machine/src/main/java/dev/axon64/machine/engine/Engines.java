package dev.axon64.machine.engine;

import dev.axon64.codegen.dispatch.Dispatcher;
import dev.axon64.codegen.network.Network;
import dev.axon64.codegen.support.InputException;
import dev.axon64.machine.dispatch.SimdEngine;
import dev.axon64.machine.memory.PhysicalMemory;
import dev.axon64.machine.translate.Translator;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** Makes engines from networks. */
public final class Engines {
  /** When the network is asked. */
  public enum Policy {
    /** For a whole page of code when it is first executed, and again after it was written. */
    PAGE,
    /** For every instruction that is executed. */
    EACH
  }

  private Engines() {}

  /**
   * Returns generated SIMD dispatchers of a network. Engines that are given one find the kernels of
   * the network's model by their names.
   *
   * @throws InputException if its kernels are not the generated ones
   */
  public static Supplier<? extends Dispatcher> dispatchers(Network network) {
    KernelSet kernels = KernelSet.of(network);
    Supplier<? extends Dispatcher> dispatchers = new SimdEngine().open(network);
    return () -> dispatcher(dispatchers.get(), kernels);
  }

  /** Returns a dispatcher from which engines learn the kernels of its network. */
  public static Dispatcher dispatcher(Dispatcher network, KernelSet kernels) {
    return kernels == KernelSet.A64 ? network : new ModelDispatcher(network, kernels);
  }

  /**
   * Makes engines of a policy, all for one host thread.
   *
   * @param profile where they count what they execute; null if that is not needed
   */
  public static Supplier<Engine> of(
      Policy policy, Supplier<? extends Dispatcher> dispatchers, Profile profile) {
    return of(policy, dispatchers, profile, null);
  }

  /**
   * Makes engines that let {@code loops} take over hot loops.
   *
   * @param loops takes over hot loops; null if nothing does. It is ignored under {@link
   *     Policy#EACH}, where every instruction is to be executed
   */
  public static Supplier<Engine> of(
      Policy policy, Supplier<? extends Dispatcher> dispatchers, Profile profile, HotLoops loops) {
    if (policy == Policy.EACH) {
      return () -> new EachEngine(dispatchers.get(), profile);
    }
    PageDecisions decisions = new PageDecisions(dispatchers.get());
    if (profile != null) {
      profile.watch(decisions);
    }
    return () -> new PageEngine(decisions, profile, loops);
  }

  /**
   * Engines that translate hot code, all for one host thread.
   *
   * @param patience how often branches lead to an address before it is translated
   * @param background runs one translation after the other, meanwhile or at once
   */
  public static Supplier<Engine> translated(
      Supplier<? extends Dispatcher> dispatchers, int patience, Executor background) {
    return translated(
        dispatchers, Pace.eager(patience), background, new Translator(), RegionWatch.NONE, null);
  }

  /**
   * Engines that translate hot code, all for one host thread.
   *
   * @param pace how eagerly they do
   * @param background runs one translation after the other, meanwhile or at once
   * @param translator makes the regions
   * @param watch is told of each region that is made
   * @param profile where it is counted how often the network is asked; null if that is not needed
   */
  public static Supplier<Engine> translated(
      Supplier<? extends Dispatcher> dispatchers,
      Pace pace,
      Executor background,
      Translator translator,
      RegionWatch watch,
      Profile profile) {
    PageDecisions decisions = new PageDecisions(dispatchers.get());
    if (profile != null) {
      profile.watch(decisions);
    }
    Regions regions = new Regions(pace, background, translator, watch);
    return () -> new TranslatedEngine(decisions, regions);
  }

  /**
   * Makes an engine for a whole machine, whose memory is translated. By page, the network decides
   * pages of physical memory if its answers cannot depend on the address, and otherwise for each
   * address at which a page is executed.
   */
  public static Engine ofMachine(Policy policy, Network network, PhysicalMemory memory) {
    Dispatcher dispatcher = dispatchers(network).get();
    return policy == Policy.EACH
        ? new EachEngine(dispatcher)
        : new PhysicalPageEngine(dispatcher, network.ignoresPc(), memory);
  }

  /** Makes engines that show every instruction to an observer, all for one host thread. */
  public static Supplier<Engine> observed(
      Supplier<? extends Dispatcher> dispatchers, Supplier<? extends StepObserver> observers) {
    PageDecisions decisions = new PageDecisions(dispatchers.get());
    return () -> new StepEngine(decisions, observers.get());
  }
}
