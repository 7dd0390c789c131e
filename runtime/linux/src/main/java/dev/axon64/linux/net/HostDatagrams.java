package dev.axon64.linux.net;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.Flags;
import dev.axon64.linux.abi.SocketNumbers;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;

/** A socket for messages of the host's network. */
public final class HostDatagrams extends Socket implements HostNet.Member {
  private static final int LONGEST = 65_507;

  private final HostNet host;
  private final MessageInbox inbox;
  private final DatagramChannel channel;
  private final SelectionKey key;
  private Endpoint remote;
  private boolean bound;
  private boolean full;

  /** A new socket. */
  public HostDatagrams(Network network, HostNet host, int family) {
    super(
        network,
        new Kind(family, SocketNumbers.SOCK_DGRAM, SocketNumbers.SOL_UDP),
        SocketOptions.usual());
    this.host = host;
    this.inbox = new MessageInbox(network);
    boolean v4 = family == SocketNumbers.AF_INET;
    this.channel =
        HostErrors.trying(
            () ->
                DatagramChannel.open(
                    v4 ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6));
    this.key = HostErrors.trying(() -> host.register(channel, this));
  }

  @Override
  public void optionSet(int level, int name, int value) {
    HostErrors.trying(
        () -> {
          if (level == SocketNumbers.SOL_SOCKET && name == SocketNumbers.SO_BROADCAST) {
            channel.setOption(StandardSocketOptions.SO_BROADCAST, value != 0);
          } else if (level == SocketNumbers.SOL_SOCKET && name == SocketNumbers.SO_REUSEADDR) {
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, value != 0);
          }
          return null;
        });
  }

  @Override
  public Address name() {
    Endpoint mine = HostErrors.trying(() -> HostErrors.toGuest(channel.getLocalAddress()));
    boolean v4 = socketKind().family() == SocketNumbers.AF_INET;
    return mine == null ? new Endpoint(v4 ? Ip.ANY4 : Ip.ANY6, 0) : mine;
  }

  @Override
  public Address peerName() {
    if (remote == null) {
      throw error(Errno.ENOTCONN);
    }
    return remote;
  }

  @Override
  public int progress() {
    return remote == null ? TcpState.CLOSE : TcpState.ESTABLISHED;
  }

  @Override
  public void checkUnbound() {
    if (bound) {
      throw error(Errno.EINVAL);
    }
  }

  @Override
  public void bind(Address address, Credentials caller) {
    if (bound || !(address instanceof Endpoint wanted)) {
      throw error(bound ? Errno.EINVAL : Errno.EAFNOSUPPORT);
    }
    HostErrors.trying(() -> channel.bind(HostErrors.toHost(wanted)));
    bound = true;
  }

  @Override
  public void connect(Address address, Credentials caller) {
    HostErrors.trying(
        () -> {
          if (remote != null) {
            channel.disconnect();
          }
          remote = null;
          if (address instanceof Endpoint to) {
            channel.connect(HostErrors.toHost(to));
            remote = to;
            bound = true;
          }
          return null;
        });
  }

  @Override
  public int send(Outgoing message) {
    failIfError();
    if (message.to() == null && remote == null) {
      throw error(Errno.EDESTADDRREQ);
    }
    if (shutOut) {
      throw error(Errno.EPIPE);
    }
    int length = message.bytes().length;
    if (length > LONGEST) {
      throw error(Errno.EMSGSIZE);
    }
    ByteBuffer bytes = ByteBuffer.wrap(message.bytes());
    bound = true;
    int done =
        HostErrors.trying(
            () ->
                message.to() instanceof Endpoint to && !to.equals(remote)
                    ? channel.send(bytes, HostErrors.toHost(to))
                    : channel.write(bytes));
    if (done == 0 && length > 0) {
      full = true;
      host.await(key, SelectionKey.OP_WRITE);
      throw error(Errno.EAGAIN);
    }
    return length;
  }

  @Override
  public boolean canSend(Outgoing message) {
    return !full;
  }

  /** Takes the next message of the host if none waits. */
  private void readAhead() {
    if (!inbox.isEmpty() || shutIn || hasError() || !bound) {
      return;
    }
    ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
    try {
      SocketAddress from = channel.receive(buffer);
      if (from == null) {
        host.await(key, SelectionKey.OP_READ);
        return;
      }
      inbox.add(
          new Packet(
              buffer.array(), 0, buffer.position(), HostErrors.toGuest(from), Attachment.NONE));
    } catch (IOException e) {
      setError(HostErrors.number(e));
    }
  }

  @Override
  public Incoming receive(int most, boolean peek) {
    readAhead();
    failIfError();
    if (inbox.isEmpty()) {
      if (shutIn) {
        return Incoming.END;
      }
      throw error(Errno.EAGAIN);
    }
    return inbox.receive(most, peek);
  }

  @Override
  public int ready() {
    readAhead();
    int events = full ? 0 : OUT_BAND;
    events |= hasError() ? Flags.POLLERR : 0;
    events |= readyByEnds();
    return inbox.isEmpty() ? events : events | IN;
  }

  @Override
  public void selected(int operations) {
    if ((operations & SelectionKey.OP_WRITE) != 0) {
      full = false;
      watchers.changed(OUT_BAND);
    }
    if ((operations & SelectionKey.OP_READ) != 0) {
      watchers.changed(IN);
    }
  }

  @Override
  public boolean breaksLoudly() {
    return false;
  }

  @Override
  public long available() {
    readAhead();
    return inbox.next();
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
    host.close(key);
    inbox.clear();
    super.close();
  }
}
