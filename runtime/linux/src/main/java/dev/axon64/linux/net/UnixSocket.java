package dev.axon64.linux.net;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.SocketNumbers;
import dev.axon64.linux.fs.SocketNode;

/** A socket whose name is in the tree of files, or abstract (unix(7)). */
public abstract sealed class UnixSocket extends Socket permits UnixStream, UnixDatagrams {
  UnixAddress name = UnixAddress.UNNAMED;
  Credentials peerCredentials = Credentials.NONE;
  private SocketNode node;
  private boolean closed;

  UnixSocket(Network network, int type, SocketOptions options) {
    super(network, new Kind(SocketNumbers.AF_UNIX, type, 0), options);
  }

  /** A new socket that has no name and no other end. */
  public static UnixSocket create(Network network, int type) {
    return type == SocketNumbers.SOCK_DGRAM
        ? new UnixDatagrams(network)
        : new UnixStream(network, type, SocketOptions.usual());
  }

  /** Two new sockets that are connected with each other. */
  public static UnixSocket[] pair(Network network, int type, Credentials caller) {
    UnixSocket[] both = {create(network, type), create(network, type)};
    both[0].join(both[1]);
    both[0].peerCredentials = caller;
    both[1].peerCredentials = caller;
    return both;
  }

  /** Makes this and another socket, both new, the ends of one connection. */
  abstract void join(UnixSocket other);

  /** Who is at the other end, as it was when the connection was made. */
  public final Credentials peerCredentials() {
    return peerCredentials;
  }

  @Override
  public final Address name() {
    return name;
  }

  /** Whether no descriptor refers to it any more. */
  final boolean isClosed() {
    return closed;
  }

  final boolean asksForSenders() {
    return options().is(SocketNumbers.SOL_SOCKET, SocketNumbers.SO_PASSCRED);
  }

  /** What a message from this to another brings along. */
  final Attachment attachment(Outgoing message, UnixSocket to) {
    Attachment given = message.attachment();
    boolean asked = asksForSenders() || to.asksForSenders();
    return given.sender() == null && asked ? given.from(message.sender()) : given;
  }

  /** Fails with EINVAL if it has a name already. */
  public final void checkUnnamed() {
    if (!name.isUnnamed()) {
      throw error(Errno.EINVAL);
    }
  }

  /** Gives it a name in the tree of files, which the caller has made. */
  public final void bind(UnixAddress path, SocketNode at) {
    name = path;
    node = at;
    at.setSocket(this);
  }

  /** Gives it an abstract name, or the next that is free if the name is empty. */
  @Override
  public final void bind(Address address, Credentials caller) {
    UnixAddress wanted = (UnixAddress) address;
    if (wanted.isUnnamed()) {
      if (name.isUnnamed()) {
        bindAbstract(network.freeName(name -> key(name, socketKind().type())));
      }
      return;
    }
    checkUnnamed();
    bindAbstract(wanted);
  }

  private void bindAbstract(UnixAddress wanted) {
    if (network.abstractNames.putIfAbsent(key(wanted, socketKind().type()), this) != null) {
      throw error(Errno.EADDRINUSE);
    }
    name = wanted;
  }

  /** Each type of sockets has abstract names of its own. */
  private static String key(UnixAddress name, int type) {
    return type + name.name();
  }

  /**
   * The socket that has a name.
   *
   * @param at what the name leads to if it is one in the tree of files
   * @param type of the sockets among which an abstract name is looked for
   */
  public static UnixSocket find(Network network, UnixAddress address, SocketNode at, int type) {
    Object found = at == null ? network.abstractNames.get(key(address, type)) : at.socket();
    if (!(found instanceof UnixSocket socket) || socket.closed) {
      throw error(Errno.ECONNREFUSED);
    }
    return socket;
  }

  /** Connects with a socket that was found by its name. */
  public abstract void connect(UnixSocket to, Credentials caller);

  /** Sends to a socket that was found by its name; null for the other end. */
  public abstract int send(Outgoing message, UnixSocket to);

  /** Whether that would not fail with EAGAIN. */
  public abstract boolean canSend(Outgoing message, UnixSocket to);

  /** Takes the connection back, where there is one that can be. */
  @Override
  public void connect(Address address, Credentials caller) {
    throw error(Errno.EINVAL);
  }

  @Override
  public final int send(Outgoing message) {
    return send(message, null);
  }

  @Override
  public final boolean canSend(Outgoing message) {
    return canSend(message, null);
  }

  @Override
  protected void close() {
    closed = true;
    if (name.isAbstract()) {
      network.abstractNames.remove(key(name, socketKind().type()), this);
    }
    if (node != null && node.socket() == this) {
      node.setSocket(null);
    }
    super.close();
  }
}
