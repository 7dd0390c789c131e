/**
 * Trains the companion networks: makes programs to learn from, records them, trains on the
 * recordings, and reports the result. All of it compiles anywhere; only training needs PyTorch's
 * libraries, which the profile {@code pytorch} adds.
 */
package dev.axon64.weights.companion;
