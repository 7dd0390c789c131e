package dev.axon64.machine.engine;

/**
 * How eagerly hot code is translated.
 *
 * @param patience how often branches must be seen to lead to an address before it is translated
 * @param counted instructions of a slice in which it is seen where branches lead
 * @param uncounted instructions between two of these slices, which are executed faster
 * @param first bytes of bytecode that may be made in any case
 * @param instructionsPerByte instructions that the guest executes for each byte more
 */
public record Pace(
    int patience, long counted, long uncounted, long first, long instructionsPerByte) {
  private static final long SLICE = 1 << 14;

  /**
   * As it pays. The translator and the JVM's compilers take 20 to 60 us for a byte of bytecode, in
   * which the scalar engine executes up to 4,000 instructions; so they take at most a fifth of the
   * time where regions are no faster than that engine.
   */
  public static final Pace PAYING = new Pace(1 << 11, SLICE, 15 * SLICE, 4000, 20_000);

  /** Whatever it costs, after so many branches to an address. */
  public static Pace eager(int patience) {
    return new Pace(patience, SLICE, 0, Long.MAX_VALUE / 2, 1);
  }
}
