package dev.axon64.machine.engine;

import dev.axon64.codegen.network.Network;
import dev.axon64.codegen.support.InputException;
import java.util.List;
import java.util.function.Supplier;

/** A way to execute whole programs. Other modules add kinds as services. */
public interface EngineKind {
  /** The name it is chosen by. */
  String name();

  /** Other names it is chosen by. */
  default List<String> aliases() {
    return List.of();
  }

  /**
   * Returns this kind on a device.
   *
   * @param device a part of the device's name
   * @throws InputException if it runs on no such device
   */
  default EngineKind on(String device) {
    throw new InputException(
        "engine " + name() + ":" + device, "runs on no device of its own; write " + name());
  }

  /** The policies under which it can ask the network; the first is the default. */
  List<Engines.Policy> policies();

  /** Whether it counts what it executes in a {@link Profile}. */
  boolean profiles();

  /**
   * Whether {@link HotLoops} may take over under this policy; otherwise it executes every
   * instruction.
   */
  default boolean accelerates(Engines.Policy policy) {
    return false;
  }

  /**
   * Makes engines for one host thread.
   *
   * @param policy one of {@link #policies}
   * @param profile where they count what they execute; null if that is not needed, and always null
   *     if this kind does not {@linkplain #profiles count}
   * @throws InputException if it cannot run programs under this network
   */
  Supplier<Engine> open(Network network, Engines.Policy policy, Profile profile);

  /** The most bits of addresses that its guests can have. */
  default int addressBits() {
    return Long.SIZE;
  }

  /**
   * Whether it copies a guest's pages to where it executes, so that fetching pages ahead can help
   * it.
   */
  default boolean stages() {
    return false;
  }

  /**
   * Returns this kind with a prefetcher that guesses which pages are needed.
   *
   * @throws UnsupportedOperationException if it does not {@linkplain #stages stage} pages
   */
  default EngineKind with(StagedPages pages) {
    throw new UnsupportedOperationException(name() + " stages nothing");
  }

  /**
   * Makes a pool for many guests: by default of one host thread for each core.
   *
   * @throws InputException if it cannot run programs under this network
   */
  default GuestPool pool(Network network, Engines.Policy policy) {
    int cores = Runtime.getRuntime().availableProcessors();
    return new ThreadPool(cores, () -> open(network, policy, null));
  }

  /** Whether it executes on vectors of the JVM. */
  default boolean usesVectors() {
    return false;
  }

  /**
   * Whether it makes regions of hot code, which are faster with {@linkplain
   * dev.axon64.machine.memory.MemoryLimit#flat flat} memory.
   */
  default boolean translates() {
    return false;
  }

  /**
   * Returns this kind with someone who is told what becomes of hot code.
   *
   * @throws UnsupportedOperationException if it does not {@linkplain #translates translate}
   */
  default EngineKind watchedBy(RegionWatch watch) {
    throw new UnsupportedOperationException(name() + " translates nothing");
  }

  /**
   * Makes engines that let {@code loops} take over hot loops.
   *
   * @param loops takes over hot loops; null if nothing does
   * @throws InputException if this kind {@linkplain #accelerates executes} every instruction
   */
  default Supplier<Engine> open(
      Network network, Engines.Policy policy, Profile profile, HotLoops loops) {
    if (loops != null) {
      throw new InputException(
          "engine " + name(), "executes every instruction; choose another to accelerate loops");
    }
    return open(network, policy, profile);
  }
}
