package dev.axon64.bench.cli;

import java.util.Map;

/** One row to measure: a JMH benchmark and its parameters. */
interface BenchCase {
  /** What messages and filters call it. */
  String name();

  /** The JMH benchmark: class and method. */
  String benchmark();

  /** Its JMH parameters. */
  Map<String, String> parameters();

  /** How many words, samples or other things one call works on. */
  int batch();
}
