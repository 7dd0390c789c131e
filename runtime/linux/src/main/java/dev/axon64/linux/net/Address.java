package dev.axon64.linux.net;

/** The name of a socket or of its other end. */
public sealed interface Address permits UnixAddress, Endpoint, NetlinkAddress, Address.None {
  /** The address of family AF_UNSPEC, which takes a connection back. */
  record None() implements Address {}
}
