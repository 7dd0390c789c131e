package dev.axon64.weights.card;

/**
 * An epoch of a companion network's training.
 *
 * @param number from 1; 0 is what it started from
 * @param training mean error while learning
 * @param validation mean error on what decides when to stop
 */
public record Epoch(int number, double training, double validation) {}
