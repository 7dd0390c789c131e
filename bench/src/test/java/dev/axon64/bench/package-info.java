/** Holds the benchmarks to measuring what they say. */
package dev.axon64.bench;
