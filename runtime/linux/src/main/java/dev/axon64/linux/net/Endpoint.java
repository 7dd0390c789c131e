package dev.axon64.linux.net;

/**
 * An address of the Internet and a port.
 *
 * @param ip address
 * @param port number; 0 for none
 */
public record Endpoint(Ip ip, int port) implements Address {
  /** The same address with another port. */
  Endpoint withPort(int number) {
    return new Endpoint(ip, number);
  }
}
