package dev.axon64.bench.cli;

/**
 * How long to measure.
 *
 * @param rounds passes over all cases, each in JVMs of their own
 * @param warmUp milliseconds before measuring
 * @param vectorWarmUp the same for generated vector code, which is slow until it is compiled
 * @param iterations measured iterations a round
 * @param iteration milliseconds of each
 */
record Effort(int rounds, int warmUp, int vectorWarmUp, int iterations, int iteration) {
  static final Effort FULL = new Effort(3, 3000, 6000, 3, 1000);
  static final Effort QUICK = new Effort(1, 1500, 4000, 3, 300);

  Effort withRounds(int other) {
    return new Effort(other, warmUp, vectorWarmUp, iterations, iteration);
  }

  Effort withVectorWarmUp(int milliseconds) {
    return new Effort(rounds, warmUp, milliseconds, iterations, iteration);
  }
}
