package dev.axon64.linux.net;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.SocketNumbers;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.fs.FileOwner;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** The sockets of one machine: their names, and how much they hold. */
public final class Network {
  private static final int MOST_SOCKETS = 1 << 16;
  private static final long MOST_BYTES = 128L << 20;

  /** Open files that messages may hold. */
  private static final int MOST_FILES = 1 << 14;

  final Map<String, UnixSocket> abstractNames = new HashMap<>();
  final Ports tcp = new Ports();
  private final Ports udp = new Ports();
  private final Ports udpLite = new Ports();
  private final LongSupplier inodes;
  private Consumer<FileOwner> whoIsTold = owner -> {};
  private HostNet host;
  private final Set<Socket> sockets = new LinkedHashSet<>();
  private long held;
  private int files;
  private int lastName;

  /**
   * A machine without sockets.
   *
   * @param inodes gives numbers for new ones
   */
  public Network(LongSupplier inodes) {
    this.inodes = inodes;
  }

  /** Has the owners of sockets told of urgent bytes from now on. */
  public void atUrgent(Consumer<FileOwner> action) {
    whoIsTold = action;
  }

  void tellUrgent(FileOwner owner) {
    whoIsTold.accept(owner);
  }

  /** Makes sockets of the Internet sockets of the host from now on. */
  public void useHost(HostNet net) {
    host = net;
  }

  /** The host's network if guests use that; otherwise null. */
  public HostNet host() {
    return host;
  }

  /** The ports of UDP or of UDP-Lite. */
  Ports messagePorts(int protocol) {
    return protocol == SocketNumbers.SOL_UDP ? udp : udpLite;
  }

  /** A new socket of the Internet for streams or messages, by its protocol. */
  public Socket newInetSocket(int family, int protocol) {
    boolean stream = protocol == SocketNumbers.SOL_TCP;
    if (host != null) {
      return stream ? new HostStream(this, host, family) : new HostDatagrams(this, host, family);
    }
    return stream ? new TcpSocket(this, family) : new UdpSocket(this, family, protocol);
  }

  /** The number of a new socket; fails with ENFILE if there are too many. */
  long newSocket() {
    if (sockets.size() >= MOST_SOCKETS) {
      throw new SysError(Errno.ENFILE);
    }
    return inodes.getAsLong();
  }

  void add(Socket socket) {
    sockets.add(socket);
  }

  void remove(Socket socket) {
    sockets.remove(socket);
  }

  /** How many sockets there are. */
  public int count() {
    return sockets.size();
  }

  /** The sockets of a family and a protocol, the oldest first. */
  public List<Socket> sockets(int family, int protocol) {
    return sockets.stream()
        .filter(s -> s.socketKind().family() == family && s.socketKind().protocol() == protocol)
        .toList();
  }

  /** Takes room for bytes that wait; returns for how many there is some. */
  int take(int bytes) {
    int room = (int) Math.min(bytes, MOST_BYTES - held);
    held += room;
    return room;
  }

  /** Takes room for a message, which may go a little beyond the limit. */
  void hold(int bytes) {
    held += bytes;
  }

  void giveBack(int bytes) {
    held -= bytes;
  }

  /** Counts files that a message holds; fails with ETOOMANYREFS if there are too many. */
  void holdFiles(int count) {
    if (files + count > MOST_FILES) {
      throw new SysError(Errno.ETOOMANYREFS);
    }
    files += count;
  }

  void releaseFiles(int count) {
    files -= count;
  }

  /** Whether sockets may hold more bytes. */
  boolean hasRoom() {
    return held < MOST_BYTES;
  }

  /** An abstract name that nobody has: a zero and five digits. */
  UnixAddress freeName(Function<UnixAddress, String> key) {
    for (int i = 0; i < 0x100000; i++) {
      lastName = lastName + 1 & 0xfffff;
      UnixAddress name = new UnixAddress("\0%05x".formatted(lastName));
      if (!abstractNames.containsKey(key.apply(name))) {
        return name;
      }
    }
    throw new SysError(Errno.ENOSPC);
  }
}
