package dev.axon64.codegen.network.program;

/** Runs one network on samples. Implementations keep scratch space, so use one per thread. */
public interface NetworkRunner {
  /**
   * Runs one sample.
   *
   * @param inputs holds the sample from {@code inputsAt} on
   * @param outputs receives the answer from {@code outputsAt} on
   */
  void run(float[] inputs, int inputsAt, float[] outputs, int outputsAt);
}
