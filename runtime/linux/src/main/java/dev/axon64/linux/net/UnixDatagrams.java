package dev.axon64.linux.net;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.Flags;
import dev.axon64.linux.abi.SocketNumbers;
import dev.axon64.linux.fs.Watcher;
import dev.axon64.linux.fs.Watchers;

/** A socket that sends messages to others of the machine and gets theirs. */
public final class UnixDatagrams extends UnixSocket {
  /** How many messages wait at most, but for those from the other end (max_dgram_qlen). */
  private static final int MOST_WAITING = 10;

  private final MessageInbox inbox;

  /** Those who watch sockets that send to this one. */
  private final Watchers whoSends = new Watchers();

  private UnixDatagrams peer;

  /** Bytes that it has sent and nobody has received. */
  private int underway;

  UnixDatagrams(Network network) {
    super(network, SocketNumbers.SOCK_DGRAM, SocketOptions.usual());
    inbox = new MessageInbox(network);
  }

  @Override
  void join(UnixSocket other) {
    peer = (UnixDatagrams) other;
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
  public int progress() {
    return peer == null ? TcpState.CLOSE : TcpState.ESTABLISHED;
  }

  /** Forgets the other end. */
  @Override
  public void connect(Address address, Credentials caller) {
    if (!(address instanceof Address.None)) {
      super.connect(address, caller);
    }
    peer = null;
    watchers.changed(OUT_BAND);
  }

  @Override
  public void connect(UnixSocket to, Credentials caller) {
    UnixDatagrams other = sameType(to);
    if (!other.takesFrom(this)) {
      throw error(Errno.EPERM);
    }
    peer = other;
    watchers.changed(OUT_BAND);
  }

  private static UnixDatagrams sameType(UnixSocket socket) {
    if (socket instanceof UnixDatagrams same) {
      return same;
    }
    throw error(Errno.EPROTOTYPE);
  }

  private boolean takesFrom(UnixDatagrams sender) {
    return peer == null || peer == sender;
  }

  private boolean isFullFor(UnixDatagrams sender) {
    return peer != sender && inbox.size() > MOST_WAITING;
  }

  @Override
  public int send(Outgoing message, UnixSocket to) {
    failIfError();
    if (to == null && peer == null) {
      throw error(Errno.ENOTCONN);
    }
    int length = message.bytes().length;
    if (length > options().sendBuffer() - 32) {
      throw error(Errno.EMSGSIZE);
    }
    UnixDatagrams other = to == null ? peer : sameType(to);
    if (!hasRoom(length)) {
      throw error(Errno.EAGAIN);
    }
    if (shutOut) {
      throw error(Errno.EPIPE);
    }
    if (!other.takesFrom(this)) {
      throw error(Errno.EPERM);
    }
    if (other.isClosed()) {
      peer = to == null ? null : peer;
      throw error(Errno.ECONNREFUSED);
    }
    if (other.shutIn) {
      throw error(Errno.EPIPE);
    }
    if (other.isFullFor(this)) {
      throw error(Errno.EAGAIN);
    }
    if (asksForSenders() && name.isUnnamed()) {
      bind(UnixAddress.UNNAMED, message.sender());
    }
    Attachment attachment = attachment(message, other).hold(network);
    other.inbox.add(new Packet(message.bytes(), 0, length, name, attachment, this));
    underway += Packet.charge(length);
    other.watchers.changed(IN);
    return length;
  }

  private boolean hasRoom(int length) {
    boolean room = underway == 0 || underway + Packet.charge(length) <= options().sendBuffer();
    return room && network.hasRoom();
  }

  @Override
  public boolean canSend(Outgoing message, UnixSocket to) {
    UnixDatagrams other = to instanceof UnixDatagrams same ? same : peer;
    return other == null
        || other.isClosed()
        || other.shutIn
        || hasRoom(message.bytes().length) && !other.isFullFor(this);
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
    UnixDatagrams sender = (UnixDatagrams) inbox.peek().sender;
    Incoming got = inbox.receive(most, peek);
    if (!peek) {
      sender.received(Packet.charge(got.length()));
      if (inbox.size() == MOST_WAITING) {
        whoSends.changed(OUT_BAND);
      }
    }
    return got;
  }

  private void received(int charge) {
    underway -= charge;
    if (hasSendRoom()) {
      watchers.changed(OUT_BAND);
    }
  }

  private boolean hasSendRoom() {
    return 4L * underway <= options().sendBuffer() && network.hasRoom();
  }

  @Override
  public void watch(Watcher watcher) {
    super.watch(watcher);
    if (peer != null) {
      peer.whoSends.add(watcher);
    }
  }

  @Override
  public void unwatch(Watcher watcher) {
    super.unwatch(watcher);
    if (peer != null) {
      peer.whoSends.remove(watcher);
    }
  }

  @Override
  public int ready() {
    int events = hasError() ? Flags.POLLERR : 0;
    events |= readyByEnds();
    events |= inbox.isEmpty() ? 0 : IN;
    boolean writable = hasSendRoom() && (peer == null || !peer.isFullFor(this));
    return writable ? events | OUT_BAND : events;
  }

  @Override
  public long available() {
    return inbox.next();
  }

  @Override
  public long unsent() {
    return underway;
  }

  @Override
  public void shutdown(int how) {
    shut(how);
  }

  @Override
  protected void close() {
    super.close();
    takeError();
    while (!inbox.isEmpty()) {
      receive(0, false).attachment().release();
    }
    watchers.changed(0);
    whoSends.changed(0);
  }
}
