package dev.axon64.system.net;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/**
 * A connection of the guest, one end of which is a socket of the host: what one sends is kept until
 * the other has taken it, so that neither waits for a slow one but by full windows.
 */
final class TcpConnection {
  private static final int RING = 1 << 18;

  /** By how many bits our windows are shifted. */
  private static final int OWN_SCALE = 3;

  private static final long FIRST_PATIENCE = 1_000_000_000L;
  private static final int MOST_TRIES = 8;

  private enum State {
    /** The guest called, and the host's socket is being connected. */
    CONNECTING,
    /** The guest's call was answered. */
    ANSWERED,
    /** The guest is called. */
    CALLING,
    OPEN,
    CLOSED
  }

  /** The guest's end, and the other as the guest knows it. */
  record Ends(int guestPort, int address, int port) {}

  /** Sends segments to the guest. */
  interface Sender {
    /** Whether more can be sent now. */
    boolean hasRoom();

    /**
     * Sends a segment.
     *
     * @param data where its payload is, from {@code offset} on
     */
    void send(Ends ends, Header header, ByteRing data, int offset, int length);
  }

  /**
   * The fields of a header that vary.
   *
   * @param scale of windows, to be told in a SYN; -1 if it is not
   * @param segment the most bytes of payload that the guest's network takes at once
   */
  record Header(int sequence, int acknowledged, int flags, int window, int scale, int segment) {}

  private final Ends ends;
  private final SocketChannel channel;
  private final SelectionKey key;
  private final Sender sender;
  private final int longest;
  private final ByteRing toGuest = new ByteRing(RING);
  private final ByteRing toHost = new ByteRing(RING);
  private State state;

  /** What the guest sends next. */
  private int received;

  /** What the guest has not acknowledged; the first byte of {@link #toGuest}. */
  private int acknowledged;

  /** What is sent to it next. */
  private int sent;

  private int mss;
  private int guestScale = -1;
  private long window;
  private boolean guestEnded;
  private boolean hostEnded;
  private boolean endSent;
  private boolean endAcknowledged;
  private boolean endPassed;
  private long lastProgress;
  private int tries;
  private int toldWindow;

  private TcpConnection(Ends ends, SelectionKey key, Sender sender, int longest, State state) {
    this.ends = ends;
    this.channel = (SocketChannel) key.channel();
    this.key = key;
    this.sender = sender;
    this.longest = longest;
    this.state = state;
    key.attach(this);
  }

  /** One that the guest asks for by a SYN, while the host's socket is being connected. */
  static TcpConnection asked(
      Ends ends, SelectionKey key, Sender sender, int longest, TcpSegment call) {
    TcpConnection connection = new TcpConnection(ends, key, sender, longest, State.CONNECTING);
    connection.hear(call);
    return connection;
  }

  /** One that somebody on the host asked for, whose socket is connected. */
  static TcpConnection calling(Ends ends, SelectionKey key, Sender sender, int longest, long now) {
    TcpConnection connection = new TcpConnection(ends, key, sender, longest, State.CALLING);
    connection.lastProgress = now;
    connection.greet(TcpSegment.SYN);
    return connection;
  }

  boolean isClosed() {
    return state == State.CLOSED;
  }

  Ends ends() {
    return ends;
  }

  private void hear(TcpSegment call) {
    received = call.sequence() + 1;
    mss = Math.min(call.mss(), Packets.LONGEST - Packets.IP - Packets.TCP);
    guestScale = call.scale();
    window = call.window();
  }

  private void greet(int flags) {
    boolean scales = state == State.CALLING || guestScale >= 0;
    sent = acknowledged + 1;
    toldWindow = Math.min(toHost.room(), 0xffff);
    sender.send(
        ends,
        new Header(acknowledged, received, flags, toldWindow, scales ? OWN_SCALE : -1, mss),
        toGuest,
        0,
        0);
  }

  /** The host's socket can be finished. */
  void connected(long now) {
    try {
      channel.finishConnect();
    } catch (IOException e) {
      reset();
      return;
    }
    state = State.ANSWERED;
    lastProgress = now;
    greet(TcpSegment.SYN | TcpSegment.ACK);
    listen();
  }

  /** A segment of the guest has come. */
  void receive(TcpSegment segment, long now) {
    if (segment.has(TcpSegment.RST)) {
      close();
      return;
    }
    switch (state) {
      case CONNECTING, CLOSED -> {
        // nothing to say yet, or any more
      }
      case CALLING -> answered(segment, now);
      default -> {
        if (segment.has(TcpSegment.SYN)) {
          if (state == State.ANSWERED) {
            greet(TcpSegment.SYN | TcpSegment.ACK);
          } else {
            acknowledge();
          }
          return;
        }
        take(segment, now);
      }
    }
  }

  private void answered(TcpSegment segment, long now) {
    if (!segment.has(TcpSegment.SYN)
        || !segment.has(TcpSegment.ACK)
        || segment.acknowledged() != sent) {
      return;
    }
    hear(segment);
    open(now);
    acknowledge();
    listen();
  }

  private void open(long now) {
    state = State.OPEN;
    acknowledged = sent;
    lastProgress = now;
    tries = 0;
  }

  private void take(TcpSegment segment, long now) {
    if (!segment.has(TcpSegment.ACK)) {
      return;
    }
    if (state == State.ANSWERED) {
      if (segment.acknowledged() != sent) {
        return;
      }
      open(now);
    }
    progress(segment, now);
    boolean news = takeData(segment);
    work();
    if (!isClosed() && (news || segment.length() > 0 || segment.has(TcpSegment.FIN))) {
      acknowledge();
    }
  }

  private void progress(TcpSegment segment, long now) {
    int end = sent - acknowledged;
    int count = segment.acknowledged() - acknowledged;
    if (count < 0 || count > end) {
      return; // old, or of what was never sent
    }
    window = (long) segment.window() << Math.max(guestScale, 0);
    if (count == 0) {
      return;
    }
    if (endSent && count == end) {
      endAcknowledged = true;
      count--;
    }
    toGuest.drop(count);
    acknowledged = segment.acknowledged();
    lastProgress = now;
    tries = 0;
  }

  /** Takes what follows what was taken before, and returns whether anything did. */
  private boolean takeData(TcpSegment segment) {
    int skip = received - segment.sequence();
    if (skip < 0 || skip > segment.length() || guestEnded) {
      return false;
    }
    int length = Math.min(segment.length() - skip, toHost.room());
    toHost.put(segment.bytes(), segment.data() + skip, length);
    received += length;
    if (segment.has(TcpSegment.FIN) && skip + length == segment.length()) {
      received++;
      guestEnded = true;
      return true;
    }
    return length > 0;
  }

  /** Moves on what can be moved, after either side has done something. */
  void ready(long now) {
    if (state == State.CONNECTING && key.isConnectable()) {
      connected(now);
      return;
    }
    int before = toHost.room();
    work();
    if (!isClosed() && before < RING / 2 && toHost.room() >= RING / 2) {
      acknowledge(); // the guest may have found no room
    }
  }

  private void work() {
    if (state != State.OPEN) {
      return;
    }
    try {
      toHost.drain(channel);
      if (guestEnded && toHost.size() == 0 && !endPassed) {
        channel.shutdownOutput();
        endPassed = true;
      }
      if (!hostEnded) {
        if (toGuest.size() == 0) {
          lastProgress = System.nanoTime();
        }
        hostEnded = !toGuest.fill(channel);
      }
    } catch (IOException e) {
      reset();
      return;
    }
    transmit();
    if (endAcknowledged && endPassed) {
      acknowledge();
      close();
    } else {
      listen();
    }
  }

  /** Sends what the guest's window has room for. */
  void transmit() {
    if (state != State.OPEN) {
      return;
    }
    while (sender.hasRoom()) {
      int inFlight = sent - acknowledged;
      int waiting = toGuest.size() - inFlight;
      int length = (int) Math.min(Math.min(waiting, Math.max(mss, longest)), window - inFlight);
      if (length > 0) {
        int flags = TcpSegment.ACK | (length == waiting ? TcpSegment.PSH : 0);
        send(sent, flags, inFlight, length);
        sent += length;
      } else if (waiting == 0 && hostEnded && !endSent) {
        send(sent, TcpSegment.FIN | TcpSegment.ACK, 0, 0);
        sent++;
        endSent = true;
      } else {
        return;
      }
    }
  }

  private void acknowledge() {
    send(sent, TcpSegment.ACK, 0, 0);
  }

  private void send(int sequence, int flags, int offset, int length) {
    int shift = guestScale >= 0 ? OWN_SCALE : 0;
    toldWindow = Math.min(toHost.room() >> shift, 0xffff);
    sender.send(
        ends, new Header(sequence, received, flags, toldWindow, -1, mss), toGuest, offset, length);
  }

  /** Sends again what the guest has not acknowledged for long, and gives up in the end. */
  void tick(long now) {
    if (state == State.CONNECTING
        || state == State.CLOSED
        || sent == acknowledged && toGuest.size() == 0
        || now - lastProgress < FIRST_PATIENCE << tries) {
      return;
    }
    if (++tries > MOST_TRIES) {
      reset();
      return;
    }
    lastProgress = now;
    switch (state) {
      case CALLING -> greet(TcpSegment.SYN);
      case ANSWERED -> greet(TcpSegment.SYN | TcpSegment.ACK);
      default -> {
        sent = acknowledged;
        endSent = false;
        if (window == 0 && toGuest.size() > 0) {
          send(sent, TcpSegment.ACK, 0, 1);
          sent++;
        } else {
          transmit();
        }
      }
    }
  }

  private void listen() {
    if (!key.isValid()) {
      return;
    }
    int reads = !hostEnded && toGuest.room() > 0 ? SelectionKey.OP_READ : 0;
    int writes = toHost.size() > 0 ? SelectionKey.OP_WRITE : 0;
    key.interestOps(state == State.OPEN ? reads | writes : 0);
  }

  /** Breaks the connection on both sides. */
  void reset() {
    if (state == State.CLOSED) {
      return;
    }
    send(sent, TcpSegment.RST | TcpSegment.ACK, 0, 0);
    close();
  }

  /** Closes the host's side. */
  void close() {
    state = State.CLOSED;
    key.cancel();
    try {
      channel.close();
    } catch (IOException e) {
      // it is gone, as it should be
    }
  }
}
