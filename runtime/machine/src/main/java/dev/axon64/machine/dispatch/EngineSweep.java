package dev.axon64.machine.dispatch;

import dev.axon64.codegen.dispatch.Dispatcher;
import dev.axon64.codegen.network.Network;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;

/**
 * The comparison of an engine with the generated Java on a range of words, at one pc.
 *
 * @param words that both answered
 * @param different words that they answered differently
 * @param first such a word
 */
public record EngineSweep(long words, long different, Optional<Integer> first) {
  /** The number of words of all there are. */
  public static final long ALL = 1L << 32;

  private static final int SHARES = 16;
  private static final long PC = 0x40_0000;

  /**
   * Sweeps from word 0 on.
   *
   * @param words how many, at most {@link #ALL}
   * @param progress is told how many are done
   */
  public static EngineSweep of(
      DispatchEngine engine, Network network, long words, LongConsumer progress) {
    Dispatcher theirs = engine.open(network).get();
    ThreadLocal<Dispatcher> java = ThreadLocal.withInitial(new SimdEngine().open(network)::get);
    int chunk = engine.chunk();
    int[] swept = new int[chunk];
    long[] pcs = new long[chunk];
    Arrays.fill(pcs, PC);
    int[] expected = new int[chunk];
    int[] kernels = new int[chunk];
    long different = 0;
    Optional<Integer> first = Optional.empty();
    for (long from = 0; from < words; from += chunk) {
      int some = (int) Math.min(chunk, words - from);
      for (int i = 0; i < some; i++) {
        swept[i] = (int) (from + i);
      }
      theirs.kernels(swept, pcs, kernels, 0, some);
      IntStream.range(0, SHARES)
          .parallel()
          .forEach(
              share ->
                  java.get().kernels(swept, pcs, expected, at(share, some), at(share + 1, some)));
      for (int i = 0; i < some; i++) {
        if (kernels[i] != expected[i]) {
          different++;
          first = first.isEmpty() ? Optional.of(swept[i]) : first;
        }
      }
      progress.accept(from + some);
    }
    return new EngineSweep(words, different, first);
  }

  private static int at(int share, int some) {
    return (int) ((long) some * share / SHARES);
  }
}
