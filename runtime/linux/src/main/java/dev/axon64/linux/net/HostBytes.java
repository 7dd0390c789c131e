package dev.axon64.linux.net;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.Flags;
import dev.axon64.linux.abi.SocketNumbers;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/** The bytes of a stream of the host's network. */
abstract sealed class HostBytes extends Socket implements HostNet.Member permits HostStream {
  private static final int CHUNK = 1 << 16;

  final HostNet host;
  final StreamInbox inbox;
  SocketChannel channel;
  SelectionKey key;
  boolean connecting;
  boolean connected;

  /** Whether the host took no more bytes when it was asked last. */
  boolean full;

  HostBytes(Network network, HostNet host, int family) {
    super(
        network,
        new Kind(family, SocketNumbers.SOCK_STREAM, SocketNumbers.SOL_TCP),
        new SocketOptions(87_040, 131_072));
    this.host = host;
    this.inbox = new StreamInbox(network);
  }

  final StandardProtocolFamily family() {
    return socketKind().family() == SocketNumbers.AF_INET
        ? StandardProtocolFamily.INET
        : StandardProtocolFamily.INET6;
  }

  final void open() throws IOException {
    if (channel == null) {
      use(SocketChannel.open(family()));
    }
  }

  final void use(SocketChannel opened) throws IOException {
    channel = opened;
    key = host.register(channel, this);
    boolean keeps = options().is(SocketNumbers.SOL_SOCKET, SocketNumbers.SO_KEEPALIVE);
    channel.setOption(StandardSocketOptions.SO_KEEPALIVE, keeps);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, options().is(SocketNumbers.SOL_TCP, 1));
    if (options().is(SocketNumbers.SOL_SOCKET, SocketNumbers.SO_REUSEADDR)) {
      channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
    }
  }

  @Override
  public void optionSet(int level, int name, int value) {
    if (channel == null) {
      return;
    }
    HostErrors.trying(
        () -> {
          if (level == SocketNumbers.SOL_TCP && name == 1) {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, value != 0);
          } else if (level == SocketNumbers.SOL_SOCKET && name == SocketNumbers.SO_KEEPALIVE) {
            channel.setOption(StandardSocketOptions.SO_KEEPALIVE, value != 0);
          }
          return null;
        });
  }

  @Override
  public int send(Outgoing message) {
    failIfError();
    if (connecting) {
      throw error(Errno.EAGAIN);
    }
    if (!connected || shutOut) {
      throw error(Errno.EPIPE);
    }
    int length = message.bytes().length;
    int done = HostErrors.trying(() -> channel.write(ByteBuffer.wrap(message.bytes())));
    if (done < length) {
      full = true;
      host.await(key, SelectionKey.OP_WRITE);
    }
    if (done == 0 && length > 0) {
      throw error(Errno.EAGAIN);
    }
    return done;
  }

  @Override
  public boolean canSend(Outgoing message) {
    return !connecting && !full;
  }

  /** Reads what the host has if nothing waits. */
  final void readAhead() {
    if (!connected || inbox.held() > 0 || shutIn || hasError()) {
      return;
    }
    ByteBuffer buffer = ByteBuffer.allocate(CHUNK);
    try {
      int count = channel.read(buffer);
      if (count < 0) {
        shutIn = true;
      } else if (count > 0) {
        inbox.add(buffer.array(), 0, count, Attachment.NONE);
      } else {
        host.await(key, SelectionKey.OP_READ);
      }
    } catch (IOException e) {
      setError(HostErrors.number(e));
      shutIn = true;
      shutOut = true;
    }
  }

  @Override
  public boolean dropsTruncated() {
    return true;
  }

  @Override
  public Incoming receive(int most, boolean peek) {
    readAhead();
    if (inbox.held() == 0) {
      failIfError();
      if (shutIn) {
        return Incoming.END;
      }
      throw error(connected || connecting ? Errno.EAGAIN : Errno.ENOTCONN);
    }
    return inbox.receive(most, peek, false);
  }

  /** What it is ready for, unless it listens. */
  final int readyForBytes() {
    readAhead();
    int events = hasError() ? Flags.POLLERR : 0;
    events |= readyByEnds() | (!connected && !connecting ? Flags.POLLHUP : 0);
    events |= inbox.held() > 0 ? IN : 0;
    return connecting || full ? events : events | OUT;
  }

  @Override
  public void shutdown(int how) {
    if (!connected) {
      throw error(Errno.ENOTCONN);
    }
    HostErrors.trying(
        () -> {
          if (endsIn(how)) {
            channel.shutdownInput();
          }
          if (endsOut(how)) {
            channel.shutdownOutput();
          }
          return null;
        });
    shut(how);
  }
}
