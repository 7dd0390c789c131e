/**
 * JMH benchmarks of dispatch and what they run on. Each benchmark runs in JVMs of its own; {@link
 * dev.axon64.bench.BenchInputs} says how those find the network and the words.
 */
package dev.axon64.bench;
