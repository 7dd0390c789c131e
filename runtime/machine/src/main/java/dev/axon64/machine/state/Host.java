package dev.axon64.machine.state;

/** What instructions ask of the machine around the CPU; named as the instruction spec names it. */
public interface Host {
  /** The virtual counter: nanoseconds. */
  long cntvct();

  /** The code at an address was written and may now be executed. */
  default void ic_ivau(long address) {
    // Engines watch the pages they have decoded, so nothing is stale.
  }

  /** The guest waits for another one. */
  default void yield() {
    // The engine's budget ends a wait, or the guest's turn.
  }

  /** Memory accesses before and after keep their order. */
  default void barrier() {
    // Guest threads share one host thread, in program order.
  }

  /** A machine of one thread: the host's clock, nothing to wait for, coherent code. */
  Host PLAIN = System::nanoTime;
}
