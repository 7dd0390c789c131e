package dev.axon64.system.net;

/**
 * A port of the host's loopback that leads to one of the guest, by TCP.
 *
 * @param hostPort 1 to 65535, or 0 for any that is free
 * @param guestPort 1 to 65535
 */
public record Forward(int hostPort, int guestPort) {}
