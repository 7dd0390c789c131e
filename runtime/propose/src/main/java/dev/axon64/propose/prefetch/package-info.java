/**
 * Prefetchers that try to be ahead of a program, and a simulated cache hierarchy to compare them
 * in.
 */
package dev.axon64.propose.prefetch;
