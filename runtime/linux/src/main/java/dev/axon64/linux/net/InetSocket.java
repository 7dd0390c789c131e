package dev.axon64.linux.net;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.SocketNumbers;

/** A socket of the Internet whose other ends are in the same machine (ip(7), ipv6(7)). */
public abstract sealed class InetSocket extends Socket permits TcpBytes, UdpSocket {
  private static final int FIRST_FREE_FOR_ALL = 1024;

  /** Its own address; port 0 if it has none. */
  Endpoint local;

  /** The address of the other end; null for none. */
  Endpoint remote;

  private final Ports ports;
  private boolean hasPort;

  InetSocket(Network network, Kind kind, SocketOptions options, Ports ports) {
    super(network, kind, options);
    this.ports = ports;
    this.local = new Endpoint(any(), 0);
  }

  /** The address that stands for all of them. */
  final Ip any() {
    return socketKind().family() == SocketNumbers.AF_INET ? Ip.ANY4 : Ip.ANY6;
  }

  final boolean isV6Only() {
    return socketKind().family() == SocketNumbers.AF_INET6
        && options().is(SocketNumbers.SOL_IPV6, SocketNumbers.IPV6_V6ONLY);
  }

  @Override
  public final void checkUnbound() {
    if (hasPort) {
      throw error(Errno.EINVAL);
    }
  }

  @Override
  public final Address name() {
    return local;
  }

  @Override
  public Address peerName() {
    if (remote == null) {
      throw error(Errno.ENOTCONN);
    }
    return remote;
  }

  @Override
  public final void bind(Address address, Credentials caller) {
    if (!(address instanceof Endpoint wanted)) {
      throw error(Errno.EAFNOSUPPORT);
    }
    checkFamily(wanted.ip());
    if (!wanted.ip().isAny() && !wanted.ip().isLoopback() && !wanted.ip().isMulticast()) {
      throw error(Errno.EADDRNOTAVAIL);
    }
    if (wanted.port() > 0 && wanted.port() < FIRST_FREE_FOR_ALL && caller.uid() != 0) {
      throw error(Errno.EACCES);
    }
    checkUnbound();
    take(wanted.port() == 0 ? wanted.withPort(ports.free()) : wanted);
  }

  private void checkFamily(Ip ip) {
    if (isV6Only() && ip.isV4()) {
      throw error(Errno.EINVAL);
    }
  }

  private void take(Endpoint at) {
    ports.add(this, at);
    local = at;
    hasPort = true;
  }

  /** Gets a port if it has none. */
  final void takePort() {
    if (!hasPort) {
      take(local.withPort(ports.free()));
    }
  }

  /** Gives the port back. */
  final void leavePort() {
    if (hasPort) {
      ports.remove(this, local.port());
      hasPort = false;
      local = new Endpoint(any(), 0);
    }
  }

  /** Has the port of another socket, which it was accepted from. */
  final void share(Endpoint at) {
    local = at;
  }

  /**
   * The address where something is to go to; fails with ENETUNREACH if that is outside of the
   * machine.
   */
  final Endpoint reachable(Address address) {
    if (!(address instanceof Endpoint to)) {
      throw error(Errno.EAFNOSUPPORT);
    }
    Ip ip = to.ip();
    if (ip.equals(Ip.ANY4)) {
      ip = Ip.LOOPBACK4;
    } else if (ip.equals(Ip.ANY6)) {
      ip = Ip.LOOPBACK6;
    }
    boolean wrongFamily = isV6Only() && ip.isV4();
    boolean bound6 = !local.ip().isV4() && !local.ip().isAny() && ip.isV4();
    boolean bound4 = local.ip().isV4() && !ip.isV4();
    if (!ip.isLoopback() || wrongFamily || bound6 || bound4) {
      throw error(Errno.ENETUNREACH);
    }
    return new Endpoint(ip, to.port());
  }

  /** Its own address as somebody at another one sees it. */
  final Endpoint seenFrom(Ip other) {
    if (!local.ip().isAny()) {
      return local;
    }
    return new Endpoint(other.isV4() ? Ip.LOOPBACK4 : Ip.LOOPBACK6, local.port());
  }

  @Override
  protected void close() {
    leavePort();
    super.close();
  }
}
