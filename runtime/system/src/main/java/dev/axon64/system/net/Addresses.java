package dev.axon64.system.net;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Who has which address: as in QEMU's user network, the guest is 10.0.2.15, the host's loopback is
 * 10.0.2.2 and its name server 10.0.2.3. All other addresses of 10.0.2.0/24 are nobody's.
 */
final class Addresses {
  static final int NETWORK = 0x0a00_0200;
  static final int MASK = 0xffff_ff00;
  static final int HOST = NETWORK | 2;
  static final int NAMES = NETWORK | 3;
  static final int GUEST = NETWORK | 15;
  static final int BROADCAST = NETWORK | 255;

  /** The first three bits of addresses for groups, and of reserved ones. */
  private static final int GROUPS = 0xe000_0000;

  private static final Path RESOLVER = Path.of("/etc/resolv.conf");

  private final Optional<InetAddress> nameServer;

  Addresses() {
    nameServer = nameServer();
  }

  private static Optional<InetAddress> nameServer() {
    List<String> lines;
    try {
      lines = Files.readAllLines(RESOLVER);
    } catch (IOException e) {
      return Optional.empty();
    }
    return lines.stream()
        .map(String::strip)
        .filter(line -> line.startsWith("nameserver"))
        .map(line -> line.substring("nameserver".length()).strip())
        .filter(address -> address.matches("[0-9.]+"))
        .map(Addresses::literal)
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<InetAddress> literal(String address) {
    try {
      return Optional.of(InetAddress.getByName(address));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  /** Where on the outside something is that the guest addresses; empty if nowhere. */
  Optional<InetSocketAddress> outside(int address, int port) {
    if (address == HOST) {
      return Optional.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }
    if (address == NAMES) {
      return nameServer.map(server -> new InetSocketAddress(server, port));
    }
    if ((address & MASK) == NETWORK || (address & GROUPS) == GROUPS || address >>> 24 == 0) {
      return Optional.empty();
    }
    return Optional.of(new InetSocketAddress(inet(address), port));
  }

  private static InetAddress inet(int address) {
    try {
      return Inet4Address.getByAddress(ByteBuffer.allocate(Integer.BYTES).putInt(address).array());
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }
}
