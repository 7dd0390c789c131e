/** A simulated cache hierarchy, and prefetchers that try to be ahead of a program in it. */
package dev.axon64.runtime.prefetch;
