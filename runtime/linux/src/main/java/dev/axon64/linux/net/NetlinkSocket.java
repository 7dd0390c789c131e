package dev.axon64.linux.net;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.SocketNumbers;
import dev.axon64.linux.abi.SysError;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** A socket that asks about interfaces and their addresses (rtnetlink(7)). */
public final class NetlinkSocket extends Socket {
  /** Bytes of a struct nlmsghdr. */
  private static final int HEADER = 16;

  private static final int ERROR = 2;
  private static final int DONE = 3;
  private static final int MULTI = 2;
  private static final int REQUEST = 1;
  private static final int ACK = 4;
  private static final int DUMP = 0x300;

  /** Bytes of the answers that come in one message. */
  private static final int CHUNK = 4096;

  private final MessageInbox inbox;
  private NetlinkAddress name = new NetlinkAddress(0, 0);

  /** A new socket. */
  public NetlinkSocket(Network network, int type) {
    super(network, new Kind(SocketNumbers.AF_NETLINK, type, 0), SocketOptions.usual());
    inbox = new MessageInbox(network);
  }

  @Override
  public boolean isOfMessages() {
    return true;
  }

  @Override
  public Address name() {
    return name;
  }

  @Override
  public Address peerName() {
    return new NetlinkAddress(0, 0);
  }

  @Override
  public int progress() {
    return TcpState.CLOSE;
  }

  @Override
  public void bind(Address address, Credentials caller) {
    NetlinkAddress wanted = (NetlinkAddress) address;
    int port = wanted.port() != 0 ? wanted.port() : caller.pid();
    if (name.port() != 0 && wanted.port() != 0 && wanted.port() != name.port()) {
      throw error(Errno.EINVAL);
    }
    name = new NetlinkAddress(port, wanted.groups());
  }

  @Override
  public void connect(Address address, Credentials caller) {
    if (address instanceof NetlinkAddress to && to.port() != 0) {
      throw error(Errno.ECONNREFUSED);
    }
  }

  @Override
  public int send(Outgoing message) {
    if (name.port() == 0) {
      name = new NetlinkAddress(message.sender().pid(), name.groups());
    }
    ByteBuffer b = ByteBuffer.wrap(message.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = 0; at + HEADER <= b.capacity(); ) {
      int length = b.getInt(at);
      if (length < HEADER || length > b.capacity() - at) {
        break;
      }
      answer(b.slice(at, length).order(ByteOrder.LITTLE_ENDIAN));
      at += length + 3 & -4;
    }
    watchers.changed(IN);
    return message.bytes().length;
  }

  private void answer(ByteBuffer request) {
    int flags = request.getShort(6) & 0xffff;
    if ((flags & REQUEST) == 0) {
      return;
    }
    int type = request.getShort(4) & 0xffff;
    boolean dump = (flags & DUMP) != 0;
    List<byte[]> answers;
    try {
      answers = new InterfaceMessages(network.host() != null).answers(type, request, dump);
    } catch (SysError e) {
      put(request, List.of(error(request, -e.errno)));
      return;
    }
    List<byte[]> all = new ArrayList<>();
    for (byte[] body : answers) {
      int answerType = body[0] & 0xff;
      all.add(message(request, answerType, dump ? MULTI : 0, body, 1));
    }
    if (dump) {
      all.add(message(request, DONE, MULTI, new byte[4], 0));
    } else if ((flags & ACK) != 0) {
      all.add(error(request, 0));
    }
    put(request, all);
  }

  private byte[] message(ByteBuffer request, int type, int flags, byte[] body, int from) {
    int length = HEADER + body.length - from;
    ByteBuffer b = ByteBuffer.allocate(length + 3 & -4).order(ByteOrder.LITTLE_ENDIAN);
    b.putInt(0, length).putShort(4, (short) type).putShort(6, (short) flags);
    b.putInt(8, request.getInt(8)).putInt(12, name.port());
    return b.put(HEADER, body, from, body.length - from).array();
  }

  private byte[] error(ByteBuffer request, int errno) {
    ByteBuffer body = ByteBuffer.allocate(4 + HEADER).order(ByteOrder.LITTLE_ENDIAN);
    body.putInt(0, errno);
    body.put(4, request, 0, HEADER);
    return message(request, ERROR, 0, body.array(), 0);
  }

  /** Puts answers together to messages of a moderate size. */
  private void put(ByteBuffer request, List<byte[]> answers) {
    List<byte[]> together = new ArrayList<>();
    int size = 0;
    for (byte[] each : answers) {
      if (size > 0 && size + each.length > CHUNK) {
        add(together, size);
        together.clear();
        size = 0;
      }
      together.add(each);
      size += each.length;
    }
    if (size > 0) {
      add(together, size);
    }
  }

  private void add(List<byte[]> parts, int size) {
    if (inbox.charged() + Packet.charge(size) > options().receiveBuffer()) {
      setError(Errno.ENOBUFS);
      return;
    }
    ByteBuffer all = ByteBuffer.allocate(size);
    parts.forEach(all::put);
    inbox.add(new Packet(all.array(), 0, size, new NetlinkAddress(0, 0), Attachment.NONE));
  }

  /** Gives it a message of the kernel's. */
  public void tell(byte[] bytes) {
    add(List.of(bytes), bytes.length);
    watchers.changed(IN);
  }

  @Override
  public boolean canSend(Outgoing message) {
    return true;
  }

  @Override
  public Incoming receive(int most, boolean peek) {
    failIfError();
    if (inbox.isEmpty()) {
      throw error(Errno.EAGAIN);
    }
    return inbox.receive(most, peek);
  }

  @Override
  public int ready() {
    return OUT_BAND | (inbox.isEmpty() ? 0 : IN);
  }

  @Override
  public boolean breaksLoudly() {
    return false;
  }

  @Override
  public long available() {
    return inbox.next();
  }

  @Override
  public void shutdown(int how) {
    throw error(Errno.EOPNOTSUPP);
  }

  @Override
  protected void close() {
    inbox.clear();
    super.close();
  }
}
