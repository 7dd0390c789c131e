package dev.axon64.weights.finetune;

/**
 * One sample under two networks: a value for each measure, NaN where it does not apply.
 *
 * @param program whose it is
 * @param group samples of one group are not independent of each other: they show the same code
 * @param before under the network in service
 * @param after under the candidate
 */
public record Paired(String program, long group, double[] before, double[] after) {}
