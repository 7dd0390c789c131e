package dev.axon64.bench.cli;

import dev.axon64.codegen.support.InputException;
import java.util.Optional;

/**
 * How long to measure.
 *
 * @param rounds passes over all cases, each in JVMs of their own
 * @param warmUp milliseconds before measuring, after what {@code WarmUp} did
 * @param iterations measured in each round
 * @param iteration milliseconds of each
 */
record Effort(int rounds, int warmUp, int iterations, int iteration) {
  static final Effort FULL = new Effort(3, 3000, 3, 1000);
  static final Effort QUICK = new Effort(1, 1000, 3, 300);
  private static final int MOST_ROUNDS = 1000;

  /**
   * The effort that options ask for.
   *
   * @param rounds as many as usual if empty
   */
  static Effort of(boolean quick, Optional<Integer> rounds) {
    Effort effort = quick ? QUICK : FULL;
    return rounds.map(Effort::checked).map(effort::withRounds).orElse(effort);
  }

  /**
   * Rounds that somebody asked for.
   *
   * @throws InputException if they are none, or over 1000
   */
  static int checked(int rounds) {
    if (rounds < 1 || rounds > MOST_ROUNDS) {
      throw new InputException("--rounds " + rounds, "is out of range; give 1 to " + MOST_ROUNDS);
    }
    return rounds;
  }

  Effort withRounds(int other) {
    return new Effort(other, warmUp, iterations, iteration);
  }
}
