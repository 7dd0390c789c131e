package dev.axon64.machine.dispatch;

import dev.axon64.codegen.dispatch.Dispatcher;
import dev.axon64.codegen.network.Network;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * One engine's answers for a run of words.
 *
 * @param engine its name
 * @param kernels one kernel index per word
 * @param nanoseconds the time from the first word to the last answer, with all cores at work
 */
public record EngineRun(String engine, int[] kernels, long nanoseconds) {
  /** Dispatches all words on all cores. */
  public static EngineRun of(DispatchEngine engine, Network network, int[] words, long[] pcs) {
    Supplier<? extends Dispatcher> maker = engine.open(network);
    ThreadLocal<Dispatcher> dispatcher = ThreadLocal.withInitial(maker::get);
    int[] kernels = new int[words.length];
    int size = engine.chunk();
    long start = System.nanoTime();
    IntStream.range(0, Math.ceilDiv(words.length, size))
        .parallel()
        .forEach(
            chunk -> {
              int to = Math.min(words.length, (chunk + 1) * size);
              dispatcher.get().kernels(words, pcs, kernels, chunk * size, to);
            });
    return new EngineRun(engine.name(), kernels, System.nanoTime() - start);
  }

  /** The number of words that this run and another answer differently. */
  public int disagreements(EngineRun other) {
    return (int)
        IntStream.range(0, kernels.length).filter(i -> kernels[i] != other.kernels[i]).count();
  }
}
