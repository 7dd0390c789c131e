package dev.axon64.testkit;

/**
 * What an instruction did.
 *
 * @param after the state after it; before it, if it trapped
 * @param trap what stopped it; empty if it was completed
 */
public record Outcome(MachineState after, String trap) {}
