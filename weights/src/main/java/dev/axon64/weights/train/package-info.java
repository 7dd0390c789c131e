/** The trainer: Adam, hard-example mining, sparsity, pruning, quantisation, checkpoints. */
package dev.axon64.weights.train;
