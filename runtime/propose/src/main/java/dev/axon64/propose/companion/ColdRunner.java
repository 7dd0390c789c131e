package dev.axon64.propose.companion;

import dev.axon64.codegen.network.program.NetworkRunner;
import java.util.function.Supplier;

/**
 * Starts with plain loops and goes over to vectors, which give the same bits, when there is enough
 * to do: until they are compiled, vectors take a thousand times as long.
 */
final class ColdRunner implements NetworkRunner {
  /** Samples before vectors may pay. */
  private static final int COLD = 400;

  private final Supplier<NetworkRunner> vectors;
  private NetworkRunner runner;
  private int samples;

  ColdRunner(NetworkRunner plain, Supplier<NetworkRunner> vectors) {
    this.runner = plain;
    this.vectors = vectors;
  }

  @Override
  public void run(float[] from, int fromAt, float[] to, int toAt) {
    if (samples <= COLD && samples++ == COLD) {
      runner = vectors.get();
    }
    runner.run(from, fromAt, to, toAt);
  }
}
