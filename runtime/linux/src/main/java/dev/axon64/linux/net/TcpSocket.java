package dev.axon64.linux.net;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.Flags;
import dev.axon64.linux.abi.SocketNumbers;
import dev.axon64.linux.abi.SysError;

/** A stream between two ends in the machine (tcp(7)). */
public final class TcpSocket extends InetSocket {
  private static final int SEND_BUFFER = 16_384;
  private static final int RECEIVE_BUFFER = 131_072;

  /** Bytes that a connection holds on their way, unless its buffers were set. */
  private static final int UNDERWAY = 2_560_000;

  private enum State {
    CLOSED,
    LISTENING,
    CONNECTING,
    CONNECTED,
    FAILED
  }

  private final StreamInbox inbox;
  private final TcpQueue queue = new TcpQueue();
  private State state = State.CLOSED;
  private TcpSocket peer;
  private boolean gone;

  /** Whether the other end has said that nothing more comes. */
  private boolean finished;

  /** Whether a connection was made that the one who asked for it has not been told of. */
  private boolean untold;

  private TcpSocket(Network network, int family, SocketOptions options) {
    super(
        network,
        new Kind(family, SocketNumbers.SOCK_STREAM, SocketNumbers.SOL_TCP),
        options,
        network.tcp);
    inbox = new StreamInbox(network);
  }

  /** A new socket. */
  public TcpSocket(Network network, int family) {
    this(network, family, new SocketOptions(SEND_BUFFER, RECEIVE_BUFFER));
  }

  @Override
  public Address peerName() {
    if (state != State.CONNECTED || finished && shutOut) {
      throw error(Errno.ENOTCONN);
    }
    return super.peerName();
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

  private int underway() {
    SocketOptions mine = options();
    boolean set =
        mine.sendBuffer() != SEND_BUFFER || peer.options().receiveBuffer() != RECEIVE_BUFFER;
    return set ? mine.sendBuffer() + peer.options().receiveBuffer() : UNDERWAY;
  }

  private boolean hasRoom() {
    return peer.inbox.held() < underway() && network.hasRoom();
  }

  @Override
  public int send(Outgoing message) {
    if (hasError() || shutOut) {
      failIfError();
      throw error(Errno.EPIPE);
    }
    if (state == State.CONNECTING) {
      throw error(Errno.EAGAIN);
    }
    if (state != State.CONNECTED) {
      throw error(Errno.EPIPE);
    }
    int length = message.bytes().length;
    if (length == 0) {
      return 0;
    }
    if (peer.gone) {
      reset(); // which is the answer to these bytes
      return length;
    }
    if (!hasRoom()) {
      throw error(Errno.EAGAIN);
    }
    int room = Math.min(length, underway() - peer.inbox.held());
    int done = peer.inbox.add(message.bytes(), 0, room, Attachment.NONE);
    peer.watchers.changed(IN);
    return done;
  }

  @Override
  public boolean canSend(Outgoing message) {
    return state != State.CONNECTING
        && (state != State.CONNECTED || hasError() || shutOut || peer.gone || hasRoom());
  }

  @Override
  public boolean dropsTruncated() {
    return true;
  }

  @Override
  public Incoming receive(int most, boolean peek) {
    if (state == State.LISTENING) {
      throw error(Errno.ENOTCONN);
    }
    if (inbox.held() == 0) {
      if (finished) {
        return Incoming.END;
      }
      failIfError();
      if (shutIn) {
        return Incoming.END;
      }
      throw error(state == State.CONNECTED || untold ? Errno.EAGAIN : Errno.ENOTCONN);
    }
    Incoming got = inbox.receive(most, peek, false);
    if (!peek && peer != null && !peer.gone && peer.hasSendRoom()) {
      peer.watchers.changed(OUT);
    }
    return got;
  }

  private boolean hasSendRoom() {
    return peer == null || peer.gone || peer.inbox.held() <= underway() / 3 * 2;
  }

  @Override
  public int ready() {
    if (state == State.LISTENING) {
      return queue.isEmpty() ? 0 : IN;
    }
    int events = hasError() ? Flags.POLLERR : 0;
    boolean closed = state == State.CLOSED || state == State.FAILED;
    events |= closed || shutIn && shutOut ? Flags.POLLHUP : 0;
    events |= shutIn ? Flags.POLLRDHUP | IN : 0;
    if (state == State.CONNECTING) {
      return events;
    }
    events |= inbox.held() > 0 ? IN : 0;
    return hasSendRoom() || shutOut ? events | OUT : events;
  }

  @Override
  public long available() {
    if (state == State.LISTENING) {
      throw new SysError(Errno.EINVAL);
    }
    return inbox.held();
  }

  @Override
  public long unsent() {
    if (state == State.LISTENING) {
      throw new SysError(Errno.EINVAL);
    }
    return 0; // what was sent has arrived
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

  /** Nothing more comes from the other end. */
  private void finish() {
    shutIn = true;
    finished = true;
    watchers.changed(0);
  }

  /** The other end does not know this connection any more. */
  private void reset() {
    setError(finished ? Errno.EPIPE : Errno.ECONNRESET);
    shutIn = true;
    shutOut = true;
    state = State.CLOSED;
    watchers.changed(0);
  }

  private void endConnection(boolean abort) {
    if (peer == null || peer.gone || peer.state != State.CONNECTED) {
      return;
    }
    if (abort) {
      peer.reset();
    } else {
      peer.finish();
    }
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
