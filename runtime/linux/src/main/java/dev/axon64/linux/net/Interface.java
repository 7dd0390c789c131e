package dev.axon64.linux.net;

import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;

/**
 * An interface of the machine's network.
 *
 * @param index number
 * @param flags IFF bits
 * @param mtu bytes of the longest packet
 * @param hardware address
 */
public record Interface(
    int index, String name, int flags, int mtu, byte[] hardware, List<Prefix> addresses) {
  public static final int UP = 1;
  public static final int LOOPBACK = 8;
  private static final int BROADCAST = 2;
  private static final int RUNNING = 0x40;
  private static final int MULTICAST = 0x1000;
  private static final int LOWER_UP = 0x10000;
  private static final int ETHERNET = 6;

  /**
   * An address of an interface.
   *
   * @param length bits of the network's part
   */
  public record Prefix(Ip ip, int length) {}

  /** The interface of a machine that has no other. */
  private static final Interface LO =
      new Interface(
          1,
          "lo",
          UP | LOOPBACK | RUNNING | LOWER_UP,
          65_536,
          new byte[ETHERNET],
          List.of(new Prefix(Ip.LOOPBACK4, 8), new Prefix(Ip.LOOPBACK6, 128)));

  public boolean isLoopback() {
    return (flags & LOOPBACK) != 0;
  }

  /**
   * The interfaces that a guest sees.
   *
   * @param ofHost whether they are the host's
   */
  public static List<Interface> all(boolean ofHost) {
    if (!ofHost) {
      return List.of(LO);
    }
    try {
      List<Interface> all = new ArrayList<>();
      for (NetworkInterface each : NetworkInterface.networkInterfaces().toList()) {
        all.add(of(each));
      }
      all.sort((a, b) -> Integer.compare(a.index, b.index));
      return all;
    } catch (SocketException e) {
      return List.of(LO);
    }
  }

  private static Interface of(NetworkInterface host) throws SocketException {
    int flags = host.isUp() ? UP | RUNNING | LOWER_UP : 0;
    flags |= host.isLoopback() ? LOOPBACK : BROADCAST;
    flags |= host.supportsMulticast() && !host.isLoopback() ? MULTICAST : 0;
    byte[] hardware = host.getHardwareAddress();
    List<Prefix> addresses = new ArrayList<>();
    for (InterfaceAddress address : host.getInterfaceAddresses()) {
      addresses.add(
          new Prefix(Ip.of(address.getAddress().getAddress()), address.getNetworkPrefixLength()));
    }
    return new Interface(
        host.getIndex(),
        host.getName(),
        flags,
        host.getMTU(),
        hardware == null ? new byte[ETHERNET] : hardware,
        addresses);
  }
}
