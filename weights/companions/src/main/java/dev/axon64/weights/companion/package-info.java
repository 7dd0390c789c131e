/**
 * Training of the companion networks: programs to learn from, recordings of them, the trainer, and
 * what is written about the result. It compiles anywhere; only training needs PyTorch's libraries,
 * which the profile {@code pytorch} brings.
 */
package dev.axon64.weights.companion;
