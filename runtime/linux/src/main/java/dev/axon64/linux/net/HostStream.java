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

/** A stream of the host's network. */
public final class HostStream extends Socket implements HostNet.Member {
  private static final int CHUNK = 1 << 16;

  private final HostNet host;
  private final StreamInbox inbox;
  private SocketChannel channel;
  private HostListener listener;
  private SelectionKey key;
  private boolean bound;
  private boolean connecting;
  private boolean connected;

  /** Whether a connection was made that the one who asked for it has not been told of. */
  private boolean untold;

  private boolean full;

  /** A new socket. */
  public HostStream(Network network, HostNet host, int family) {
    super(
        network,
        new Kind(family, SocketNumbers.SOCK_STREAM, SocketNumbers.SOL_TCP),
        new SocketOptions(87_040, 131_072));
    this.host = host;
    this.inbox = new StreamInbox(network);
  }

  private StandardProtocolFamily family() {
    return socketKind().family() == SocketNumbers.AF_INET
        ? StandardProtocolFamily.INET
        : StandardProtocolFamily.INET6;
  }

  private void open() throws IOException {
    if (channel == null) {
      use(SocketChannel.open(family()));
    }
  }

  private void use(SocketChannel opened) throws IOException {
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
  public Address name() {
    return HostErrors.trying(
        () -> {
          Endpoint mine = null;
          if (listener != null) {
            mine = listener.name();
          } else if (channel != null) {
            mine = HostErrors.toGuest(channel.getLocalAddress());
          }
          boolean v4 = socketKind().family() == SocketNumbers.AF_INET;
          return mine == null ? new Endpoint(v4 ? Ip.ANY4 : Ip.ANY6, 0) : mine;
        });
  }

  @Override
  public Address peerName() {
    if (!connected) {
      throw error(Errno.ENOTCONN);
    }
    return HostErrors.trying(() -> HostErrors.toGuest(channel.getRemoteAddress()));
  }

  @Override
  public void bind(Address address, Credentials caller) {
    if (bound || !(address instanceof Endpoint wanted)) {
      throw error(bound ? Errno.EINVAL : Errno.EAFNOSUPPORT);
    }
    HostErrors.trying(
        () -> {
          open();
          return channel.bind(HostErrors.toHost(wanted));
        });
    bound = true;
  }

  @Override
  public void checkUnbound() {
    if (bound) {
      throw error(Errno.EINVAL);
    }
  }

  /** Lets the host listen; its way to do so binds anew. */
  @Override
  public void listen(int backlog, Credentials caller) {
    if (connected || connecting) {
      throw error(Errno.EINVAL);
    }
    if (listener != null) {
      return;
    }
    Endpoint at = (Endpoint) name();
    closeChannel();
    channel = null;
    listener = HostErrors.trying(() -> new HostListener(host, this, family(), at, backlog));
    bound = true;
  }

  @Override
  public boolean isListening() {
    return listener != null;
  }

  /** The next that has connected, which the caller releases when it has a descriptor. */
  @Override
  public Socket accept() {
    if (listener == null) {
      throw error(Errno.EINVAL);
    }
    if (!listener.hasArrived()) {
      return null;
    }
    HostStream end = new HostStream(network, host, socketKind().family());
    end.retain(); // until it is accepted
    end.bound = true;
    end.connected = true;
    SocketChannel next = listener.take();
    HostErrors.trying(
        () -> {
          end.use(next);
          return null;
        });
    return end;
  }

  @Override
  public void connect(Address address, Credentials caller) {
    if (!(address instanceof Endpoint to)) {
      throw error(Errno.EAFNOSUPPORT);
    }
    if (listener != null || connected && !untold) {
      throw error(Errno.EISCONN);
    }
    failIfError();
    if (connected) {
      untold = false;
      return;
    }
    if (connecting) {
      throw error(Errno.EALREADY);
    }
    connected =
        HostErrors.trying(
            () -> {
              open();
              return channel.connect(HostErrors.toHost(to));
            });
    bound = true;
    if (!connected) {
      connecting = true;
      untold = true;
      host.await(key, SelectionKey.OP_CONNECT);
      throw error(Errno.EINPROGRESS);
    }
  }

  @Override
  public boolean canConnect(Address address) {
    return !connecting;
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
  private void readAhead() {
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

  @Override
  public int ready() {
    if (listener != null) {
      return listener.hasArrived() ? IN : 0;
    }
    readAhead();
    int events = hasError() ? Flags.POLLERR : 0;
    events |= !connected && !connecting || shutIn && shutOut ? Flags.POLLHUP : 0;
    events |= shutIn ? Flags.POLLRDHUP | IN : 0;
    events |= inbox.held() > 0 ? IN : 0;
    return connecting || full ? events : events | OUT;
  }

  @Override
  public void selected(int operations) {
    if ((operations & SelectionKey.OP_CONNECT) != 0) {
      connecting = false;
      try {
        connected = channel.finishConnect();
      } catch (IOException e) {
        setError(HostErrors.number(e));
        untold = false;
        renew();
      }
      watchers.changed(0);
    }
    if ((operations & SelectionKey.OP_WRITE) != 0) {
      full = false;
      watchers.changed(OUT);
    }
    if ((operations & (SelectionKey.OP_READ | SelectionKey.OP_ACCEPT)) != 0) {
      watchers.changed(IN);
    }
  }

  /** A channel that could not connect is closed; the guest's socket may try again. */
  private void renew() {
    closeChannel();
    channel = null;
    bound = false;
  }

  @Override
  public long available() {
    if (listener != null) {
      throw error(Errno.EINVAL);
    }
    readAhead();
    return inbox.held();
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
    shutIn |= endsIn(how);
    shutOut |= endsOut(how);
    watchers.changed(0);
  }

  private void closeChannel() {
    try {
      if (channel != null) {
        host.forget(key);
        channel.close();
      }
      if (listener != null) {
        listener.close();
      }
    } catch (IOException e) {
      return; // it is closed nevertheless
    }
  }

  @Override
  protected void close() {
    closeChannel();
    inbox.clear();
    super.close();
  }
}
