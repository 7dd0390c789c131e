package dev.axon64.propose.companion;

/**
 * A guess about a loop.
 *
 * @param type what it is
 * @param counter the register that tells its end: 0 to 30, or 31 for SP
 * @param iterations how often it will still be gone through
 */
public record LoopProposal(LoopType type, int counter, double iterations) {}
