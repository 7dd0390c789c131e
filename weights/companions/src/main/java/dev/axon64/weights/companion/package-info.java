/**
 * Training of the companion networks: programs to learn from, recordings of them, the trainer, and
 * what is written about the result. Compiled by the profile {@code companions} alone, since it
 * needs PyTorch's libraries.
 */
package dev.axon64.weights.companion;
