/** Guests that are restored from snapshots, with whatever guesses which pages they need next. */
package dev.axon64.bench.snapshot;
