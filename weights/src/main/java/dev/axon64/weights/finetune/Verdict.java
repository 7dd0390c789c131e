package dev.axon64.weights.finetune;

import java.util.List;

/**
 * What the gate says of a candidate.
 *
 * @param accepted whether it takes over
 * @param reason why, or why not, with the numbers
 * @param heldOut on the programs held out
 * @param kept on what the network in service was good at
 */
public record Verdict(boolean accepted, String reason, Comparison heldOut, List<Comparison> kept) {}
