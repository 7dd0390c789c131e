package dev.axon64.linux.net;

import dev.axon64.linux.abi.Errno;

/** A stream between two ends in the machine (tcp(7)): how it begins and ends. */
public final class TcpSocket extends TcpBytes {
  private final TcpQueue queue = new TcpQueue();

  private TcpSocket(Network network, int family, SocketOptions options) {
    super(network, family, options);
  }

  /** A new socket. */
  public TcpSocket(Network network, int family) {
    this(network, family, new SocketOptions(SEND_BUFFER, RECEIVE_BUFFER));
  }

  @Override
  public void listen(int most, Credentials caller) {
    if (state != State.CLOSED && state != State.LISTENING) {
      throw error(Errno.EINVAL);
    }
    takePort();
    network.tcp.checkListens(this);
    queue.setRoom(most);
    state = State.LISTENING;
  }

  @Override
  public boolean isListening() {
    return state == State.LISTENING;
  }

  @Override
  public long unread() {
    return state == State.LISTENING ? queue.size() : unreadBytes();
  }

  @Override
  public void connect(Address address, Credentials caller) {
    if (address instanceof Address.None) {
      disconnect();
      return;
    }
    switch (state) {
      case CONNECTED -> {
        if (!untold) {
          throw error(Errno.EISCONN);
        }
        untold = false;
      }
      case LISTENING -> throw error(Errno.EISCONN);
      case CONNECTING -> throw error(Errno.EALREADY);
      case FAILED -> {
        forgetFailure();
        int why = takeError();
        throw error(why == 0 ? Errno.ECONNABORTED : why);
      }
      case CLOSED -> begin(reachable(address));
    }
  }

  private void begin(Endpoint to) {
    takePort();
    remote = to;
    share(seenFrom(to.ip()));
    TcpSocket listener = (TcpSocket) network.tcp.find(to, InetSocket::isListening);
    if (listener == null) {
      refuse(Errno.ECONNREFUSED);
    } else if (listener.queue.isFull()) {
      state = State.CONNECTING;
      listener.queue.addOutside(this);
    } else {
      listener.admit(this);
    }
    if (isNonBlocking() || state == State.CONNECTING) {
      untold = true;
      throw error(Errno.EINPROGRESS);
    }
    if (state == State.FAILED) {
      forgetFailure();
      throw error(takeError());
    }
  }

  private void forgetFailure() {
    state = State.CLOSED;
    shutIn = false;
    shutOut = false;
  }

  private void refuse(int errno) {
    state = State.FAILED;
    shutIn = true;
    shutOut = true;
    setError(errno);
    watchers.changed(0);
  }

  /** Makes the other end of a connection, which waits to be accepted. */
  private void admit(TcpSocket client) {
    TcpSocket end = new TcpSocket(network, socketKind().family(), options().copy());
    end.retain(); // until it is accepted
    end.share(client.remote);
    end.remote = client.local;
    end.state = State.CONNECTED;
    end.peer = client;
    client.peer = end;
    client.state = State.CONNECTED;
    queue.add(end);
    client.watchers.changed(OUT);
    watchers.changed(IN);
  }

  @Override
  public boolean canConnect(Address address) {
    return state != State.CONNECTING;
  }

  /** The next that has connected, which the caller releases when it has a descriptor. */
  @Override
  public Socket accept() {
    if (state != State.LISTENING) {
      throw error(Errno.EINVAL);
    }
    TcpSocket end = queue.next();
    for (TcpSocket next = queue.admitted(); next != null; next = queue.admitted()) {
      if (next.state == State.CONNECTING) {
        admit(next);
      }
    }
    return end;
  }

  private void disconnect() {
    endConnection(true);
    endListening();
    state = State.CLOSED;
    remote = null;
    peer = null;
    shutIn = false;
    shutOut = false;
    finished = false;
    takeError();
    inbox.clear();
    watchers.changed(0);
  }

  @Override
  public int ready() {
    if (state == State.LISTENING) {
      return queue.isEmpty() ? 0 : IN;
    }
    return readyForBytes();
  }

  @Override
  public void shutdown(int how) {
    if (state == State.LISTENING && endsIn(how)) {
      endListening();
      state = State.CLOSED;
      watchers.changed(0);
      return;
    }
    if (state != State.CONNECTED) {
      throw error(Errno.ENOTCONN);
    }
    shutIn |= endsIn(how);
    if (endsOut(how) && !shutOut) {
      shutOut = true;
      peer.finish();
    }
    watchers.changed(0);
  }

  private void endListening() {
    for (TcpSocket end = queue.next(); end != null; end = queue.next()) {
      end.peer.reset();
      end.peer = null;
      end.release();
    }
    for (TcpSocket client = queue.admitted(); client != null; client = queue.admitted()) {
      if (client.state == State.CONNECTING) {
        client.refuse(Errno.ECONNREFUSED);
      }
    }
  }

  @Override
  protected void close() {
    boolean abort = inbox.held() > 0 || options().lingers && options().lingerSeconds == 0;
    gone = true;
    endConnection(abort);
    endListening();
    inbox.clear();
    super.close();
    watchers.changed(0);
  }
}
