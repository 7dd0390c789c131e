package dev.axon64.machine.state;

/**
 * The services that instructions need from the machine around the CPU, under the names of the
 * instruction spec.
 */
public interface Host {
  /** The virtual counter, in nanoseconds. */
  long cntvct();

  /** Called when the code at an address was written and may now be executed. */
  default void ic_ivau(long address) {
    // Engines watch the pages they have decoded, so nothing is stale.
  }

  /** Called when the guest waits for another one. */
  default void yield() {
    // The engine's budget ends a wait, or the guest's turn.
  }

  /** Called between memory accesses that must keep their order. */
  default void barrier() {
    // Guest threads share one host thread, in program order.
  }

  /** A machine with one thread: it has the host's clock, nothing to wait for, and coherent code. */
  Host PLAIN = System::nanoTime;
}
