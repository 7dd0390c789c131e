package dev.axon64.linux.net;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.Flags;
import dev.axon64.linux.abi.SocketNumbers;
import dev.axon64.linux.abi.SysError;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** A connection within the machine: a stream of bytes, or of messages (SOCK_SEQPACKET). */
public final class UnixStream extends UnixSocket {
  private final Deque<UnixStream> waiting = new ArrayDeque<>();
  private final StreamInbox bytes;
  private final MessageInbox messages;
  private boolean listening;
  private int backlog;
  private Credentials listener = Credentials.NONE;
  private UnixStream peer;

  UnixStream(Network network, int type, SocketOptions options) {
    super(network, type, options);
    boolean stream = type == SocketNumbers.SOCK_STREAM;
    bytes = stream ? new StreamInbox(network) : null;
    messages = stream ? null : new MessageInbox(network);
  }

  @Override
  void join(UnixSocket other) {
    peer = (UnixStream) other;
    peer.peer = this;
  }

  @Override
  public Address peerName() {
    if (peer == null) {
      throw error(Errno.ENOTCONN);
    }
    return peer.name;
  }

  @Override
  public void listen(int most, Credentials caller) {
    if (name.isUnnamed() || peer != null) {
      throw error(Errno.EINVAL);
    }
    boolean more = Integer.compareUnsigned(most, backlog) > 0;
    backlog = (int) Math.min(most & 0xffffffffL, 4096);
    listening = true;
    listener = caller;
    peerCredentials = caller;
    if (more) {
      watchers.changed(0);
    }
  }

  @Override
  public boolean isListening() {
    return listening;
  }

  @Override
  public int progress() {
    return listening ? TcpState.LISTEN : peer == null ? TcpState.CLOSE : TcpState.ESTABLISHED;
  }

  private boolean isFull() {
    return waiting.size() > backlog;
  }

  @Override
  public void connect(UnixSocket to, Credentials caller) {
    if (to.socketKind().type() != socketKind().type()) {
      throw error(Errno.EPROTOTYPE);
    }
    UnixStream other = (UnixStream) to;
    if (!other.listening || other.shutIn) {
      throw error(Errno.ECONNREFUSED);
    }
    if (other.isFull()) {
      throw error(Errno.EAGAIN);
    }
    if (peer != null) {
      throw error(Errno.EISCONN);
    }
    if (listening) {
      throw error(Errno.EINVAL);
    }
    UnixStream end = new UnixStream(network, socketKind().type(), other.options().copy());
    end.retain(); // until it is accepted
    end.name = other.name;
    end.peerCredentials = caller;
    peerCredentials = other.listener;
    join(end);
    other.waiting.add(end);
    other.watchers.changed(IN);
    watchers.changed(OUT_BAND);
  }

  /** Whether a connection with a socket would be made or refused, and not wait. */
  public static boolean takesConnection(UnixSocket to) {
    return !(to instanceof UnixStream other)
        || !other.listening
        || other.isClosed()
        || !other.isFull();
  }

  /** The next that has connected, which the caller releases when it has a descriptor. */
  @Override
  public Socket accept() {
    if (!listening) {
      throw error(Errno.EINVAL);
    }
    if (waiting.isEmpty() && shutIn) {
      throw error(Errno.EINVAL);
    }
    boolean wasFull = isFull();
    UnixStream end = waiting.poll();
    if (wasFull) {
      watchers.changed(OUT_BAND);
    }
    return end;
  }

  private int held() {
    return bytes != null ? bytes.held() : messages.charged();
  }

  @Override
  public int send(Outgoing message, UnixSocket to) {
    boolean stream = bytes != null;
    if (!stream) {
      failIfError();
    }
    if (message.to() != null && stream) {
      throw error(peer != null ? Errno.EISCONN : Errno.EOPNOTSUPP);
    }
    if (peer == null) {
      throw error(Errno.ENOTCONN);
    }
    int length = message.bytes().length;
    if (!stream && length > options().sendBuffer() - 32) {
      throw error(Errno.EMSGSIZE);
    }
    if (shutOut || peer.isClosed() || peer.shutIn) {
      throw error(Errno.EPIPE);
    }
    if (stream && length == 0) {
      return 0;
    }
    if (!hasRoom(length)) {
      throw error(Errno.EAGAIN);
    }
    Attachment attachment = attachment(message, peer).hold(network);
    int done = length;
    if (stream) {
      int room = Math.min(length, options().sendBuffer() - peer.bytes.held());
      done = peer.bytes.add(message.bytes(), 0, room, attachment);
    } else {
      peer.messages.add(new Packet(message.bytes(), 0, length, null, attachment));
    }
    peer.watchers.changed(IN);
    return done;
  }

  private boolean hasRoom(int length) {
    int free = options().sendBuffer() - peer.held();
    return network.hasRoom() && (bytes != null ? free > 0 : free >= Packet.charge(length));
  }

  @Override
  public boolean canSend(Outgoing message, UnixSocket to) {
    return peer == null
        || shutOut
        || peer.isClosed()
        || peer.shutIn
        || hasRoom(message.bytes().length)
        || bytes == null && message.bytes().length > options().sendBuffer() - 32;
  }

  @Override
  public Incoming receive(int most, boolean peek) {
    if (peer == null) {
      throw error(bytes != null ? Errno.EINVAL : Errno.ENOTCONN);
    }
    boolean empty = bytes != null ? bytes.held() == 0 : messages.isEmpty();
    if (empty || bytes == null) {
      failIfError();
    }
    if (empty) {
      if (shutIn) {
        return Incoming.END;
      }
      throw error(Errno.EAGAIN);
    }
    Incoming got =
        bytes != null ? bytes.receive(most, peek, asksForSenders()) : messages.receive(most, peek);
    if (!peek && peer != null) {
      peer.tellRoom();
    }
    return got;
  }

  private void tellRoom() {
    if (isWritable(peer.held())) {
      watchers.changed(OUT_BAND);
    }
  }

  private boolean isWritable(int held) {
    return 4L * held <= options().sendBuffer() && network.hasRoom();
  }

  @Override
  public int ready() {
    int events = hasError() ? Flags.POLLERR : 0;
    events |= readyByEnds();
    boolean any = bytes != null ? bytes.held() > 0 : !messages.isEmpty();
    events |= any || !waiting.isEmpty() ? IN : 0;
    events |= peer == null && !listening ? Flags.POLLHUP : 0;
    boolean writable = !listening && (peer == null || isWritable(peer.held()));
    return writable ? events | OUT_BAND : events;
  }

  @Override
  public long available() {
    if (listening) {
      throw new SysError(Errno.EINVAL);
    }
    return bytes != null ? bytes.held() : messages.total();
  }

  @Override
  public long unsent() {
    if (listening) {
      throw new SysError(Errno.EINVAL);
    }
    return peer == null || peer.isClosed() ? 0 : peer.held();
  }

  @Override
  public void shutdown(int how) {
    shut(how);
    if (peer != null) {
      peer.shutIn |= endsOut(how);
      peer.shutOut |= endsIn(how);
      peer.watchers.changed(0);
    }
  }

  @Override
  protected void close() {
    boolean unread = bytes != null ? bytes.held() > 0 : !messages.isEmpty();
    super.close();
    endPeer(unread);
    for (UnixStream end : List.copyOf(waiting)) {
      end.setError(Errno.ECONNRESET);
      if (end.peer != null) {
        end.peer.setError(Errno.ECONNRESET);
      }
      end.release();
    }
    waiting.clear();
    if (bytes != null) {
      bytes.clear();
    } else {
      messages.clear();
    }
    watchers.changed(0);
  }

  /** Tells the other end that nothing comes from this one and nothing goes to it. */
  private void endPeer(boolean unread) {
    if (peer == null || peer.isClosed()) {
      return;
    }
    peer.shutIn = true;
    peer.shutOut = true;
    if (unread) {
      peer.setError(Errno.ECONNRESET);
    }
    peer.watchers.changed(0);
  }
}
