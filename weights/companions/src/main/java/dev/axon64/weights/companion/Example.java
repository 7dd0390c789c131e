package dev.axon64.weights.companion;

/**
 * What one sample should give.
 *
 * @param program whose it is
 * @param input as the network takes it
 * @param target as the network should give it: 1 at the right class, or a number
 * @param counts for each output 1 if it counts, else 0
 */
record Example(String program, float[] input, float[] target, float[] counts) {}
