package dev.axon64.bench.cli;

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

  Effort withRounds(int other) {
    return new Effort(other, warmUp, iterations, iteration);
  }
}
