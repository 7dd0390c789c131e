package dev.axon64.linux.net;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.Flags;
import dev.axon64.linux.abi.SocketNumbers;

/** A socket for messages between ends in the machine (udp(7)). */
public final class UdpSocket extends InetSocket {
  private static final int LONGEST = 65_507;

  private final MessageInbox inbox;

  /** Whether the port was taken on its own, so that it goes with the other end. */
  private boolean ownPort;

  private final Ports ports;

  /** A new socket of UDP, or of UDP-Lite, which has ports of its own. */
  public UdpSocket(Network network, int family, int protocol) {
    super(
        network,
        new Kind(family, SocketNumbers.SOCK_DGRAM, protocol),
        SocketOptions.usual(),
        network.messagePorts(protocol));
    ports = network.messagePorts(protocol);
    inbox = new MessageInbox(network);
  }

  @Override
  public void connect(Address address, Credentials caller) {
    if (address instanceof Address.None) {
      remote = null;
      if (ownPort) {
        leavePort();
      }
      return;
    }
    Endpoint to = reachable(address);
    ownPort |= local.port() == 0;
    takePort();
    share(seenFrom(to.ip()));
    remote = to;
    watchers.changed(OUT_BAND);
  }

  @Override
  public int send(Outgoing message) {
    failIfError();
    int length = message.bytes().length;
    ownPort |= local.port() == 0;
    takePort();
    if (length > 0xffff && any().isV4()) {
      throw error(Errno.EMSGSIZE);
    }
    if (message.to() == null && remote == null) {
      throw error(Errno.EDESTADDRREQ);
    }
    if (shutOut) {
      throw error(Errno.EPIPE);
    }
    if (length > LONGEST) {
      throw error(Errno.EMSGSIZE);
    }
    Endpoint to = message.to() == null ? remote : reachable(message.to());
    if (to.port() == 0) {
      throw error(Errno.EINVAL);
    }
    Endpoint from = seenFrom(to.ip());
    UdpSocket receiver = (UdpSocket) ports.find(to, s -> ((UdpSocket) s).takesFrom(from));
    if (receiver != null) {
      Packet packet = new Packet(message.bytes(), 0, length, from, Attachment.NONE);
      packet.envelope = Envelope.of(to.ip(), options(), message.attachment().controls());
      receiver.deliver(packet);
    } else if (remote != null) {
      setError(Errno.ECONNREFUSED);
      watchers.changed(Flags.POLLERR);
    }
    return length;
  }

  private boolean takesFrom(Endpoint from) {
    return remote == null || remote.equals(from);
  }

  /** Takes a message if there is room, as networks do. */
  private void deliver(Packet packet) {
    int after = inbox.charged() + Packet.charge(packet.length());
    if (!shutIn && after <= options().receiveBuffer() && network.hasRoom()) {
      inbox.add(packet);
      watchers.changed(IN);
    }
  }

  @Override
  public boolean canSend(Outgoing message) {
    return true;
  }

  @Override
  public Incoming receive(int most, boolean peek) {
    failIfError();
    if (inbox.isEmpty()) {
      if (shutIn) {
        return Incoming.END;
      }
      throw error(Errno.EAGAIN);
    }
    Envelope envelope = inbox.peek().envelope;
    Incoming got = inbox.receive(most, peek);
    Attachment told = Attachment.of(envelope.told(options()));
    return new Incoming(got.bytes(), got.length(), got.from(), told);
  }

  @Override
  public int progress() {
    return remote == null ? TcpState.CLOSE : TcpState.ESTABLISHED;
  }

  @Override
  public long unread() {
    return inbox.charged();
  }

  @Override
  public int ready() {
    int events = OUT_BAND | (hasError() ? Flags.POLLERR : 0);
    events |= readyByEnds();
    return inbox.isEmpty() ? events : events | IN;
  }

  @Override
  public long available() {
    return inbox.next();
  }

  @Override
  public boolean breaksLoudly() {
    return false;
  }

  @Override
  public void shutdown(int how) {
    if (remote == null) {
      throw error(Errno.ENOTCONN);
    }
    shut(how);
  }

  @Override
  protected void close() {
    inbox.clear();
    super.close();
    watchers.changed(0);
  }
}
