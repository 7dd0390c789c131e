package dev.axon64.metal.jit;

/** A compiled kernel. Implementations are generated and hold no state. */
public interface KernelCode {
  /** Runs the threads with linear indices from {@code from} to before {@code to}, in order. */
  void range(ThreadContext context, long from, long to);
}
