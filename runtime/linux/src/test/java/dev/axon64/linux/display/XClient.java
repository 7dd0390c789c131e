package dev.axon64.linux.display;

import dev.axon64.linux.abi.SocketNumbers;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.net.Credentials;
import dev.axon64.linux.net.Network;
import dev.axon64.linux.net.UnixAddress;
import dev.axon64.linux.net.UnixSocket;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** A client of a server in this JVM, which sends words and reads messages. */
final class XClient {
  private final UnixSocket socket;
  private final XServer server;
  private ByteBuffer got = ByteBuffer.allocate(0);

  /** The lowest id that it may use. */
  int base;

  private XClient(UnixSocket socket, XServer server) {
    this.socket = socket;
    this.server = server;
  }

  /** Connects with a server that listens in a network. */
  static XClient connect(Network network, XServer server) {
    UnixSocket socket = UnixSocket.create(network, SocketNumbers.SOCK_STREAM);
    socket.retain();
    UnixAddress name = new UnixAddress("\0/tmp/.X11-unix/X0");
    socket.connect(
        UnixSocket.find(network, name, null, SocketNumbers.SOCK_STREAM), Credentials.NONE);
    XClient client = new XClient(socket, server);
    client.send(new byte[] {'l', 0, 11, 0, 0, 0, 0, 0, 0, 0, 0, 0});
    client.receive();
    client.base = client.got.getInt(12);
    client.got.position(8 + 4 * client.got.getShort(6));
    return client;
  }

  /** Sends bytes, and lets the server carry out what has come; returns whether it could. */
  boolean send(byte[] bytes) {
    try {
      for (int at = 0; at < bytes.length; ) {
        at += socket.write(bytes, at, bytes.length - at);
        server.poll();
      }
      return true;
    } catch (SysError e) {
      return false;
    }
  }

  /** Sends a request of whole words, the first of which gets the length. */
  boolean request(int opcode, int data, int... words) {
    ByteBuffer b = ByteBuffer.allocate(4 + 4 * words.length).order(ByteOrder.LITTLE_ENDIAN);
    b.put((byte) opcode).put((byte) data).putShort((short) (1 + words.length));
    for (int word : words) {
      b.putInt(word);
    }
    return send(b.array());
  }

  /** Reads what has come. */
  private void receive() {
    server.poll();
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(got.array(), got.position(), got.remaining());
    byte[] part = new byte[1 << 16];
    try {
      for (int count = socket.read(part, 0, part.length);
          count > 0;
          count = socket.read(part, 0, part.length)) {
        all.write(part, 0, count);
        server.poll();
      }
    } catch (SysError e) {
      server.poll(); // nothing more
    }
    got = ByteBuffer.wrap(all.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** All messages that have come. */
  List<ByteBuffer> messages() {
    receive();
    List<ByteBuffer> all = new ArrayList<>();
    while (got.remaining() >= 32) {
      boolean reply = got.get(got.position()) == 1;
      int length = 32 + (reply ? 4 * got.getInt(got.position() + 4) : 0);
      all.add(got.slice(got.position(), length).order(ByteOrder.LITTLE_ENDIAN));
      got.position(got.position() + length);
    }
    return all;
  }

  void close() {
    socket.release();
    server.poll();
  }
}
