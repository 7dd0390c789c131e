/**
 * JMH benchmarks of dispatch, and the words and networks that they work on. Each benchmark runs in
 * JVMs of its own; {@link dev.axon64.bench.BenchInputs} says how those find the network and the
 * words.
 */
package dev.axon64.bench;
