/**
 * Prefetchers, some of which ask the memory oracle, and a simulated cache hierarchy to compare them
 * in.
 */
package dev.axon64.propose.prefetch;
