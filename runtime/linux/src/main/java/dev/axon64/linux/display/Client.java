package dev.axon64.linux.display;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.net.Incoming;
import dev.axon64.linux.net.Socket;
import java.io.ByteArrayOutputStream;

/** A program that draws: its connection, of which requests are cut and to which answers go. */
final class Client {
  /** Bytes that a client leaves unread before its requests wait. */
  private static final int PATIENCE = 1 << 22;

  /** Bytes that a client leaves unread before it is sent away. */
  private static final int MOST_UNREAD = 1 << 26;

  private static final int CHUNK = 1 << 20;

  /** The bytes of a request before its body, in its two forms. */
  private static final int SHORT_HEAD = 4;

  private static final int LONG_HEAD = 8;

  /** The bits of the ids that it chooses, above those of {@link Resources#CHOICE}. */
  final int base;

  /** Whether requests may be longer than 16 bits tell. */
  boolean bigRequests;

  private final Socket socket;
  private final Requests requests;
  private byte[] bytes = new byte[4096];
  private int start;
  private int end;
  private byte[] unsent = new byte[0];
  private int sent;
  private final ByteArrayOutputStream next = new ByteArrayOutputStream();
  private boolean ready;
  private boolean closed;
  private int sequence;

  Client(int base, Socket socket, Requests requests) {
    this.base = base;
    this.socket = socket;
    this.requests = requests;
  }

  boolean isClosed() {
    return closed;
  }

  /** Ends the connection soon. */
  void dismiss() {
    closed = true;
  }

  /** Sends bytes that are no message. */
  void greet(byte[] greeting) {
    next.writeBytes(greeting);
  }

  /** Sends a message when there is room for it. */
  void send(Message message) {
    next.writeBytes(message.finish(sequence));
  }

  /** Sends bytes of 32, an event, with the number of the last request. */
  void sendEvent(byte[] event) {
    byte[] own = event.clone();
    own[2] = (byte) sequence;
    own[3] = (byte) (sequence >> 8);
    if (ready) {
      next.writeBytes(own);
    }
  }

  private int unread() {
    return unsent.length - sent + next.size();
  }

  /** Carries out all requests that have come, and sends what there is room for. */
  void serve() {
    try {
      while (unread() < PATIENCE && receive()) {
        cut();
        flush();
      }
      flush();
    } catch (SysError e) {
      if (e.errno != Errno.EAGAIN) {
        closed = true;
      }
    }
    closed |= unread() > MOST_UNREAD;
  }

  /** Takes bytes from the connection; returns whether there were any. */
  private boolean receive() {
    Incoming got;
    try {
      got = socket.receive(CHUNK, false);
    } catch (SysError e) {
      if (e.errno == Errno.EAGAIN) {
        return false;
      }
      throw e;
    }
    got.attachment().release();
    int count = got.bytes().length;
    if (count == 0) {
      closed = true;
      return false;
    }
    if (end + count > bytes.length) {
      int size = end - start + count;
      byte[] roomy = size > bytes.length / 2 ? new byte[2 * size] : bytes;
      System.arraycopy(bytes, start, roomy, 0, end - start);
      bytes = roomy;
      end -= start;
      start = 0;
    }
    System.arraycopy(got.bytes(), 0, bytes, end, count);
    end += count;
    return true;
  }

  /** Carries out what has come as a whole. */
  private void cut() {
    if (!ready) {
      int length = requests.setupLength(bytes, start, end - start);
      if (length == 0) {
        return;
      }
      ready = requests.setup(this, bytes[start]);
      closed = !ready;
      start += length;
    }
    while (!closed && end - start >= SHORT_HEAD) {
      boolean big = word(start) >>> 16 == 0;
      int head = big ? LONG_HEAD : SHORT_HEAD;
      if (big && !bigRequests) {
        closed = true; // what follows cannot be told apart
      }
      if (closed || end - start < head) {
        return;
      }
      long length = big ? 4 * (word(start + 4) & 0xffffffffL) : 4L * (word(start) >>> 16);
      if (length < head || length > 4L * Requests.MOST_WORDS) {
        closed = true;
      }
      if (closed || end - start < length) {
        return;
      }
      sequence = sequence + 1 & 0xffff;
      int opcode = bytes[start] & 0xff;
      int data = bytes[start + 1] & 0xff;
      int body = (int) length - head;
      requests.carryOut(this, new Request(opcode, data, bytes, start + head, body));
      start += (int) length;
    }
  }

  private int word(int at) {
    return bytes[at] & 0xff
        | (bytes[at + 1] & 0xff) << 8
        | (bytes[at + 2] & 0xff) << 16
        | bytes[at + 3] << 24;
  }

  private void flush() {
    while (unread() > 0) {
      if (sent == unsent.length) {
        unsent = next.toByteArray();
        next.reset();
        sent = 0;
      }
      sent += socket.write(unsent, sent, Math.min(CHUNK, unsent.length - sent));
    }
    if (unsent.length > 0) {
      unsent = new byte[0];
      sent = 0;
    }
  }

  /** Sends what can be sent of what is left, and lets the connection go. */
  void end() {
    try {
      flush();
    } catch (SysError e) {
      closed = true; // nobody reads it
    }
    socket.release();
  }
}
