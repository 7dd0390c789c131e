package dev.axon64.bench.cli;

import dev.axon64.codegen.support.InputException;

/**
 * How long to measure.
 *
 * @param rounds passes over all cases, each in JVMs of their own
 * @param warmUp milliseconds before measuring, after what {@code WarmUp} did
 * @param iterations measured iterations a round
 * @param iteration milliseconds of each
 */
record Effort(int rounds, int warmUp, int iterations, int iteration) {
  static final Effort FULL = new Effort(3, 3000, 3, 1000);
  static final Effort QUICK = new Effort(1, 1000, 3, 300);

  /**
   * What options ask for.
   *
   * @param rounds null for as many as usual
   */
  static Effort of(boolean quick, Integer rounds) {
    Effort effort = quick ? QUICK : FULL;
    return rounds == null ? effort : effort.withRounds(checked(rounds));
  }

  /** Rounds that somebody asked for. */
  static int checked(int rounds) {
    if (rounds < 1 || rounds > 100) {
      throw new InputException("--rounds " + rounds, "is out of range; give 1 to 100");
    }
    return rounds;
  }

  Effort withRounds(int other) {
    return new Effort(other, warmUp, iterations, iteration);
  }
}
