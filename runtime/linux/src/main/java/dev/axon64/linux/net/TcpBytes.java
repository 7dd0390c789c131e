package dev.axon64.linux.net;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.Flags;
import dev.axon64.linux.abi.SocketNumbers;
import dev.axon64.linux.abi.SysError;
import java.util.Arrays;

/** The bytes of a stream between two ends in the machine: those on their way, and their end. */
abstract sealed class TcpBytes extends InetSocket permits TcpSocket {
  static final int SEND_BUFFER = 16_384;
  static final int RECEIVE_BUFFER = 131_072;

  /** Bytes that a connection holds on their way, unless its buffers were set. */
  private static final int UNDERWAY = 2_560_000;

  /** How far a connection is. */
  enum State {
    CLOSED,
    LISTENING,
    CONNECTING,
    CONNECTED,
    FAILED
  }

  final StreamInbox inbox;
  private final UrgentByte urgent = new UrgentByte();
  State state = State.CLOSED;
  TcpSocket peer;

  /** Whether no descriptor refers to it any more. */
  boolean gone;

  /** Whether the other end has said that nothing more comes. */
  boolean finished;

  /** Whether the guest has read that. */
  private boolean endRead;

  /** Whether a connection was made that the one who asked for it has not been told of. */
  boolean untold;

  TcpBytes(Network network, int family, SocketOptions options) {
    super(
        network,
        new Kind(family, SocketNumbers.SOCK_STREAM, SocketNumbers.SOL_TCP),
        options,
        network.tcp);
    inbox = new StreamInbox(network);
  }

  @Override
  public Address peerName() {
    if (state != State.CONNECTED || finished && shutOut) {
      throw error(Errno.ENOTCONN);
    }
    return super.peerName();
  }

  @Override
  public int progress() {
    return switch (state) {
      case LISTENING -> TcpState.LISTEN;
      case CONNECTING -> TcpState.SYN_SENT;
      case CLOSED, FAILED -> TcpState.CLOSE;
      case CONNECTED -> {
        int ending = shutOut ? TcpState.FIN_WAIT2 : TcpState.ESTABLISHED;
        yield !finished ? ending : shutOut ? TcpState.CLOSE : TcpState.CLOSE_WAIT;
      }
    };
  }

  private int underway() {
    SocketOptions mine = options();
    boolean set =
        mine.sendBuffer() != SEND_BUFFER || peer.options().receiveBuffer() != RECEIVE_BUFFER;
    return set ? mine.sendBuffer() + peer.options().receiveBuffer() : UNDERWAY;
  }

  boolean hasRoom() {
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
  public int sendUrgent(Outgoing message) {
    if (state == State.CONNECTED && !peer.gone && peer.isBeforeUrgent() && peer.inbox.held() > 0) {
      peer.skipUrgent(); // only the last one is kept
    }
    int done = send(message);
    if (done > 0 && state == State.CONNECTED && !peer.gone) {
      peer.urgentCame(message.bytes()[done - 1]);
    }
    return done;
  }

  final void urgentCame(byte value) {
    urgent.come(value, inbox.held() - 1);
    network.tellUrgent(owner());
    watchers.changed(Flags.POLLPRI);
  }

  private boolean isInLine() {
    return options().is(SocketNumbers.SOL_SOCKET, SocketNumbers.SO_OOBINLINE);
  }

  /** Whether the next byte is an urgent one that is not received in turn. */
  final boolean isBeforeUrgent() {
    return urgent.isNext() && !isInLine();
  }

  final void skipUrgent() {
    inbox.receive(1, false, false);
    urgent.advance(1);
  }

  @Override
  public boolean isAtMark() {
    return urgent.isNext();
  }

  @Override
  public Incoming receiveUrgent(boolean peek) {
    if (isInLine() || !urgent.isWaiting()) {
      throw error(Errno.EINVAL);
    }
    byte[] value = {urgent.value()};
    if (!peek) {
      urgent.read();
    }
    return new Incoming(value, 1, null, Attachment.NONE);
  }

  /** Bytes that can be received in turn. */
  private int readable() {
    return inbox.held() - (isBeforeUrgent() ? 1 : 0);
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
    if (!peek && isBeforeUrgent()) {
      skipUrgent(); // who reads on does not get it any more
    }
    if (readable() == 0) {
      if (finished) {
        endRead |= !peek;
        return Incoming.END;
      }
      failIfError();
      if (shutIn) {
        return Incoming.END;
      }
      throw error(state == State.CONNECTED || untold ? Errno.EAGAIN : Errno.ENOTCONN);
    }
    Incoming got = take(most, peek);
    if (!peek && peer != null && !peer.gone && peer.hasSendRoom()) {
      peer.watchers.changed(OUT);
    }
    return got;
  }

  /** Takes bytes as far as an urgent one, or looks behind one that is not in line. */
  private Incoming take(int most, boolean peek) {
    if (isBeforeUrgent()) {
      byte[] all = inbox.receive(most + 1, true, false).bytes();
      byte[] rest = Arrays.copyOfRange(all, 1, all.length);
      return new Incoming(rest, rest.length, null, Attachment.NONE);
    }
    Incoming got = inbox.receive(urgent.before(most), peek, false);
    if (!peek) {
      urgent.advance(got.bytes().length);
    }
    return got;
  }

  boolean hasSendRoom() {
    return peer == null || peer.gone || peer.inbox.held() <= underway() / 3 * 2;
  }

  /** Bytes to be read, of which the end is one. */
  final long unreadBytes() {
    return inbox.held() + (finished && !endRead ? 1 : 0);
  }

  /** What it is ready for, unless it listens. */
  final int readyForBytes() {
    int events = hasError() ? Flags.POLLERR : 0;
    boolean closed = state == State.CLOSED || state == State.FAILED;
    events |= readyByEnds() | (closed ? Flags.POLLHUP : 0);
    if (state == State.CONNECTING) {
      return events;
    }
    events |= readable() > 0 ? IN : 0;
    events |= urgent.isWaiting() ? Flags.POLLPRI : 0;
    return hasSendRoom() || shutOut ? events | OUT : events;
  }

  @Override
  public long available() {
    if (state == State.LISTENING) {
      throw new SysError(Errno.EINVAL);
    }
    return isInLine() ? inbox.held() : urgent.isNext() ? 0 : urgent.before(inbox.held());
  }

  @Override
  public long unsent() {
    if (state == State.LISTENING) {
      throw new SysError(Errno.EINVAL);
    }
    return 0; // what was sent has arrived
  }

  /** Nothing more comes from the other end. */
  final void finish() {
    shutIn = true;
    finished = true;
    watchers.changed(0);
  }

  /** The other end does not know this connection any more. */
  final void reset() {
    setError(finished ? Errno.EPIPE : Errno.ECONNRESET);
    shutIn = true;
    shutOut = true;
    state = State.CLOSED;
    watchers.changed(0);
  }

  final void endConnection(boolean abort) {
    if (peer == null || peer.gone || peer.state != State.CONNECTED) {
      return;
    }
    if (abort) {
      peer.reset();
    } else {
      peer.finish();
    }
  }
}
