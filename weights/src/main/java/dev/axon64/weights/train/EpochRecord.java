package dev.axon64.weights.train;

/**
 * One epoch of the learning curve.
 *
 * @param epoch counted from 1
 * @param stage what training was doing
 * @param loss mean loss of the epoch's mini-batches: in units of the wanted margin squared, or, for
 *     baselines, cross-entropy in nats
 * @param accuracy share of the complete decision domain that the network has right
 * @param units live hidden units
 * @param terms live multiply-adds after the embedding
 */
public record EpochRecord(
    int epoch, String stage, double loss, double accuracy, int units, int terms) {}
