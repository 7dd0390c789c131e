package dev.axon64.linux.process;

/**
 * How a thread asked to be scheduled (sched(7)). It is kept, and has no effect.
 *
 * @param policy SCHED_OTHER or another class
 * @param priority of the real-time classes; 0 for the others
 * @param niceness -20 to 19
 * @param resetOnFork whether children get the normal way
 * @param runtime of a deadline, in nanoseconds, as the two behind it
 * @param io class and level for input and output (ioprio_set)
 */
public record Scheduling(
    int policy,
    int priority,
    int niceness,
    boolean resetOnFork,
    long runtime,
    long deadline,
    long period,
    int io) {
  public static final int OTHER = 0;
  public static final int FIFO = 1;
  public static final int ROUND_ROBIN = 2;
  public static final int BATCH = 3;
  public static final int IDLE = 5;
  public static final int DEADLINE = 6;

  /** What a thread begins with. */
  public static final Scheduling NORMAL = new Scheduling(OTHER, 0, 0, false, 0, 0, 0, 0);

  /** Whether the class is one of the real-time ones. */
  public boolean isRealTime() {
    return policy == FIFO || policy == ROUND_ROBIN;
  }

  /** The same class with another niceness. */
  public Scheduling nice(int next) {
    return new Scheduling(policy, priority, next, resetOnFork, runtime, deadline, period, io);
  }

  /** Another class, without a deadline. */
  public Scheduling of(int nextPolicy, int nextPriority, boolean reset) {
    return new Scheduling(nextPolicy, nextPriority, niceness, reset, 0, 0, 0, io);
  }

  /** The same with another priority of input and output. */
  public Scheduling withIo(int next) {
    return new Scheduling(policy, priority, niceness, resetOnFork, runtime, deadline, period, next);
  }

  /** What a child begins with. */
  public Scheduling forChild() {
    if (!resetOnFork) {
      return this;
    }
    boolean special = isRealTime() || policy == DEADLINE;
    return new Scheduling(
        special ? OTHER : policy, 0, Math.max(special ? 0 : niceness, 0), false, 0, 0, 0, io);
  }
}
