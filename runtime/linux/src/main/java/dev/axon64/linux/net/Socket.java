package dev.axon64.linux.net;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.Flags;
import dev.axon64.linux.abi.SocketNumbers;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.fs.OpenFile;
import dev.axon64.linux.fs.Stat;
import dev.axon64.linux.fs.Watcher;
import dev.axon64.linux.fs.Watchers;
import java.time.Instant;
import java.util.Arrays;

/**
 * An end of a connection, or what waits for one (socket(2)). Its methods never wait: they fail with
 * EAGAIN where a call would have to. Every method may throw {@link SysError}.
 */
public abstract class Socket extends OpenFile {
  static final int IN = Flags.POLLIN | Flags.POLLRDNORM;
  static final int OUT = Flags.POLLOUT | Flags.POLLWRNORM;
  static final int OUT_BAND = OUT | Flags.POLLWRBAND;

  private static final long DEVICE = 8;

  final Network network;
  final Watchers watchers = new Watchers();
  private final Kind kind;
  private final long inode;
  private final Instant made = Instant.now();
  private final SocketOptions options;
  private int error;

  /** Whose it is: the user and the group that asked for it; -1 while nobody has it. */
  private int user = -1;

  private int group = -1;

  /** Whether nothing is received any more. */
  boolean shutIn;

  /** Whether nothing can be sent any more. */
  boolean shutOut;

  /**
   * What a socket is.
   *
   * @param family AF number
   * @param type SOCK number
   * @param protocol number
   */
  public record Kind(int family, int type, int protocol) {}

  Socket(Network network, Kind kind, SocketOptions options) {
    this(network, kind, options, network.newSocket());
  }

  private Socket(Network network, Kind kind, SocketOptions options, long inode) {
    super(Flags.O_RDWR, null, "socket:[" + inode + "]");
    this.network = network;
    this.kind = kind;
    this.options = options;
    this.inode = inode;
    network.add(this);
  }

  /** Somebody has it from now on. */
  public final void belongTo(Credentials owner) {
    user = owner.uid();
    group = owner.gid();
  }

  /** Whether somebody has it; one that has connected is nobody's before it is accepted. */
  public final boolean isTaken() {
    return user != -1;
  }

  /** The user whose it is. */
  public final int user() {
    return Math.max(0, user);
  }

  /** What kind of socket it is. */
  public final Kind socketKind() {
    return kind;
  }

  /** How it is set. */
  public final SocketOptions options() {
    return options;
  }

  /** The error that the next call fails with, which is told once; 0 for none. */
  public final int takeError() {
    int told = error;
    error = 0;
    return told;
  }

  final boolean hasError() {
    return error != 0;
  }

  final void setError(int errno) {
    error = errno;
  }

  /** Fails with an error that came in the meantime, if one did. */
  final void failIfError() {
    int told = takeError();
    if (told != 0) {
      throw new SysError(told);
    }
  }

  static SysError error(int errno) {
    return new SysError(errno);
  }

  /** Its own name. */
  public abstract Address name();

  /** The name of the other end; fails with ENOTCONN if there is none. */
  public abstract Address peerName();

  /** Fails with EINVAL if it has a port already. */
  public void checkUnbound() {}

  /** An option has been set that is a number. */
  public void optionSet(int level, int name, int value) {}

  /** Gives it a name, in place of a caller. */
  public abstract void bind(Address address, Credentials caller);

  /**
   * Lets others connect.
   *
   * @param backlog how many may wait
   */
  public void listen(int backlog, Credentials caller) {
    throw error(Errno.EOPNOTSUPP);
  }

  /** How far it is, as {@link TcpState} has it. */
  public abstract int progress();

  /** Bytes that wait to be received, or connections that wait to be accepted. */
  public long unread() {
    return 0;
  }

  /** Whether it lets others connect. */
  public boolean isListening() {
    return false;
  }

  /** The next that has connected; null if none waits. */
  public Socket accept() {
    throw error(Errno.EOPNOTSUPP);
  }

  /**
   * Connects to another end. Fails with EAGAIN or EINPROGRESS if that takes time; a call that waits
   * connects again when {@link #canConnect}.
   */
  public abstract void connect(Address address, Credentials caller);

  /** Whether {@link #connect} to an address would get further. */
  public boolean canConnect(Address address) {
    return true;
  }

  /** Sends and returns how many bytes; all or none of a message. */
  public abstract int send(Outgoing message);

  /** The same, of which the last byte is urgent. */
  public int sendUrgent(Outgoing message) {
    throw error(Errno.EOPNOTSUPP);
  }

  /** Receives the urgent byte out of turn. */
  public Incoming receiveUrgent(boolean peek) {
    throw error(isOfMessages() ? Errno.EOPNOTSUPP : Errno.EINVAL);
  }

  /** Whether the next byte is urgent, or was. */
  public boolean isAtMark() {
    return false;
  }

  /** Whether {@link #send} would not fail with EAGAIN. */
  public abstract boolean canSend(Outgoing message);

  /**
   * Receives.
   *
   * @param most bytes that are wanted
   * @param peek whether they stay
   */
  public abstract Incoming receive(int most, boolean peek);

  /** Whether one send is one receive. */
  public boolean isOfMessages() {
    return kind.type != SocketNumbers.SOCK_STREAM;
  }

  /** Whether a send to an end that is gone also sends SIGPIPE. */
  public boolean breaksLoudly() {
    return !isOfMessages();
  }

  /** Whether a send may name whom it is for. */
  public boolean takesTargets() {
    return kind.type == SocketNumbers.SOCK_DGRAM;
  }

  /** Whether bytes of a stream that are received with MSG_TRUNC are dropped. */
  public boolean dropsTruncated() {
    return false;
  }

  /** Ends receiving, sending or both (SHUT_RD and so on). */
  public abstract void shutdown(int how);

  /** Bytes that were sent and not received (SIOCOUTQ). */
  public long unsent() {
    return 0;
  }

  /** Notes what is received or sent no more, and tells who watches. */
  final void shut(int how) {
    shutIn |= endsIn(how);
    shutOut |= endsOut(how);
    watchers.changed(0);
  }

  /** What it is ready for because of what is received or sent no more. */
  final int readyByEnds() {
    int events = shutIn ? Flags.POLLRDHUP | IN : 0;
    return shutIn && shutOut ? events | Flags.POLLHUP : events;
  }

  static boolean endsIn(int how) {
    return how == SocketNumbers.SHUT_RD || how == SocketNumbers.SHUT_RDWR;
  }

  static boolean endsOut(int how) {
    return how == SocketNumbers.SHUT_WR || how == SocketNumbers.SHUT_RDWR;
  }

  @Override
  public final Stat stat() {
    return new Stat(
        DEVICE,
        inode,
        Flags.S_IFSOCK | 0777,
        1,
        user(),
        Math.max(0, group),
        0,
        0,
        made,
        made,
        made);
  }

  @Override
  public abstract int ready();

  @Override
  public final boolean canPoll() {
    return true;
  }

  @Override
  public boolean canRead() {
    return (ready() & (Flags.POLLIN | Flags.POLLHUP | Flags.POLLERR)) != 0;
  }

  @Override
  public boolean canWrite(int length) {
    return canSend(Outgoing.of(new byte[length]));
  }

  @Override
  public int read(byte[] to, int offset, int length) {
    Incoming got = receive(length, false);
    got.attachment().release();
    System.arraycopy(got.bytes(), 0, to, offset, got.bytes().length);
    return got.bytes().length;
  }

  @Override
  public int write(byte[] from, int offset, int length) {
    return send(Outgoing.of(Arrays.copyOfRange(from, offset, offset + length)));
  }

  @Override
  public void watch(Watcher watcher) {
    watchers.add(watcher);
  }

  @Override
  public void unwatch(Watcher watcher) {
    watchers.remove(watcher);
  }

  @Override
  public final String kind() {
    return "a socket";
  }

  @Override
  protected void close() {
    network.remove(this);
  }
}
