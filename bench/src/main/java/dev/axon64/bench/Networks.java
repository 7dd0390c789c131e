package dev.axon64.bench;

import dev.axon64.bench.peers.ScalarLoop;
import dev.axon64.codegen.dispatch.CompiledDispatcher;
import dev.axon64.codegen.dispatch.Dispatcher;
import dev.axon64.codegen.network.Lowering;
import dev.axon64.codegen.network.Network;
import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The network's executors in Java, the generated one warm. */
@State(Scope.Thread)
public class Networks {
  private static final int WORDS = 256;
  private static final long MOST_WARM_UP = 120_000_000_000L;

  Dispatcher simd;
  ScalarLoop scalar;

  /** Generates, compiles, loads, and runs both generated paths until they are compiled. */
  @Setup
  public void setUp() {
    Network network = BenchInputs.ofThisJvm().network();
    simd = CompiledDispatcher.of(Lowering.lower(network)).get();
    scalar = new ScalarLoop(network);
    int[] words = new SplittableRandom(1).ints(WORDS).toArray();
    long[] addresses = BenchInputs.addresses();
    int[] kernels = new int[WORDS];
    WarmUp.untilNothingIsAllocated(
        () -> {
          simd.kernels(words, addresses, kernels, 0, WORDS);
          kernels[0] = simd.kernel(words[1], addresses[1]);
        },
        MOST_WARM_UP);
  }
}
