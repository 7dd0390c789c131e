package dev.axon64.metal.jit;

/** Where the threads of a threadgroup wait for one another. */
public interface Rendezvous {
  void awaitGroup();

  /** Waits for the threads of one simdgroup only. */
  void awaitSimd(int simdgroup);
}
