package dev.axon64.linux.net;

import java.util.ArrayDeque;
import java.util.Deque;

/** The connections that wait to be accepted, and those that wait for room among them. */
final class TcpQueue {
  private static final int MOST = 4096;

  private final Deque<TcpSocket> arrived = new ArrayDeque<>();
  private final Deque<TcpSocket> outside = new ArrayDeque<>();
  private int room;

  /** Sets for how many there is room, as listen(2) does. */
  void setRoom(int backlog) {
    room = (int) Math.min(backlog & 0xffffffffL, MOST);
  }

  boolean isFull() {
    return arrived.size() > room;
  }

  int size() {
    return arrived.size();
  }

  boolean isEmpty() {
    return arrived.isEmpty();
  }

  /** Adds the end of a connection that was made. */
  void add(TcpSocket end) {
    arrived.add(end);
  }

  /** Adds one that wants to connect when there is room. */
  void addOutside(TcpSocket client) {
    outside.add(client);
  }

  /** The connection that has waited longest, which waits no longer; null if there is none. */
  TcpSocket next() {
    return arrived.poll();
  }

  /** The next that wants to connect and finds room; null if there is none. */
  TcpSocket admitted() {
    return isFull() ? null : outside.poll();
  }
}
