package dev.axon64.machine.engine;

/**
 * How much code may be translated. The instructions that a guest executes earn it, so that what
 * translating costs stays a small part of the whole, however little is hot; what regions have saved
 * may be spent on further ones.
 */
final class Allowance {
  /** An instruction that a region executes saves the time of about so many without it. */
  private static final int SAVED = 1;

  private final long first;
  private final long instructionsPerByte;
  private long executed;
  private long spent;

  /**
   * @param first bytes of bytecode that may be made before anything is executed
   * @param instructionsPerByte instructions that a guest executes for each byte more
   */
  Allowance(long first, long instructionsPerByte) {
    this.first = first;
    this.instructionsPerByte = instructionsPerByte;
  }

  /** Adds instructions that the guest has executed. */
  void executed(long instructions) {
    executed += instructions;
  }

  /** Adds what instructions have earned that were executed in regions, besides. */
  void saved(long instructions) {
    executed += SAVED * Math.max(0, instructions);
  }

  /** Whether something is left. */
  boolean isLeft() {
    return spent < first + executed / instructionsPerByte;
  }

  /** Takes bytes of bytecode away, or gives them back if negative. */
  void spend(long bytes) {
    spent += bytes;
  }
}
