package dev.axon64.linux.net;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.SocketNumbers;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/** A stream of the host's network: how it begins and ends. */
public final class HostStream extends HostBytes {
  private HostListener listener;
  private boolean bound;

  /** Whether a connection was made that the one who asked for it has not been told of. */
  private boolean untold;

  /** A new socket. */
  public HostStream(Network network, HostNet host, int family) {
    super(network, host, family);
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

  @Override
  public int progress() {
    if (listener != null) {
      return TcpState.LISTEN;
    }
    int ended = shutOut ? TcpState.FIN_WAIT2 : TcpState.ESTABLISHED;
    return connected ? ended : connecting ? TcpState.SYN_SENT : TcpState.CLOSE;
  }

  @Override
  public long unread() {
    return inbox.held();
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
  public int ready() {
    if (listener != null) {
      return listener.hasArrived() ? IN : 0;
    }
    return readyForBytes();
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

  private void closeChannel() {
    if (channel != null) {
      host.close(key);
    }
    if (listener != null) {
      listener.close();
    }
  }

  @Override
  protected void close() {
    closeChannel();
    inbox.clear();
    super.close();
  }
}
