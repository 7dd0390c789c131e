/**
 * Prefetchers, those that ask the memory oracle among them, and a simulated cache hierarchy to
 * compare them in.
 */
package dev.axon64.propose.prefetch;
