/**
 * The trainer of dispatch networks: Adam, hard-example mining, sparsity, pruning, rounding to whole
 * numbers, checkpoints; and the baselines that it is compared with.
 */
package dev.axon64.weights.train;
