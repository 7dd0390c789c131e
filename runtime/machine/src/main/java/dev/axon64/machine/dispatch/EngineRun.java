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
  private static final int CHUNK = 1 << 14;

  /** Dispatches all words on all cores. */
  public static EngineRun of(DispatchEngine engine, Network network, int[] words, long[] pcs) {
    Supplier<? extends Dispatcher> maker = engine.open(network);
    ThreadLocal<Dispatcher> dispatcher = ThreadLocal.withInitial(maker::get);
    int[] kernels = new int[words.length];
    long start = System.nanoTime();
    IntStream.range(0, (words.length + CHUNK - 1) / CHUNK)
        .parallel()
        .forEach(
            chunk -> {
              int to = Math.min(words.length, (chunk + 1) * CHUNK);
              dispatcher.get().kernels(words, pcs, kernels, chunk * CHUNK, to);
            });
    return new EngineRun(engine.name(), kernels, System.nanoTime() - start);
  }

  /** The number of words that this run and another answer differently. */
  public int disagreements(EngineRun other) {
    return (int)
        IntStream.range(0, kernels.length).filter(i -> kernels[i] != other.kernels[i]).count();
  }
}
