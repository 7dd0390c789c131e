package dev.axon64.bench.accelerate;

/**
 * What a command left behind.
 *
 * @param status its exit status
 * @param seconds from its start to its end
 * @param output of the guest
 * @param messages the guest's errors and what Axon64 says
 */
public record Outcome(int status, double seconds, byte[] output, String messages) {}
