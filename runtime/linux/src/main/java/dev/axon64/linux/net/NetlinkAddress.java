package dev.axon64.linux.net;

/**
 * The name of a netlink socket.
 *
 * @param port number; 0 for the kernel
 * @param groups that it listens to
 */
public record NetlinkAddress(int port, int groups) implements Address {}
