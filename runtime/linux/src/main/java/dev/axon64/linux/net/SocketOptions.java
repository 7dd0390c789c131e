package dev.axon64.linux.net;

import java.util.HashMap;
import java.util.Map;

/** How one socket is set (setsockopt(2)). */
public final class SocketOptions {
  /** The most bytes that a socket may be told to buffer (net.core.wmem_max). */
  private static final int MOST_BUFFER = 212_992;

  private static final int LEAST_SEND = 4608;
  private static final int LEAST_RECEIVE = 2304;

  private final Map<Long, Integer> values = new HashMap<>();
  private int sendBuffer;
  private int receiveBuffer;

  /** Nanoseconds that a send may wait; 0 for ever. */
  public long sendTimeout;

  /** Nanoseconds that a receive may wait; 0 for ever. */
  public long receiveTimeout;

  /** Whether a close waits for what has not been sent, and how many seconds. */
  public boolean lingers;

  public int lingerSeconds;

  /** The usual settings, with buffers of these sizes. */
  SocketOptions(int sendBuffer, int receiveBuffer) {
    this.sendBuffer = sendBuffer;
    this.receiveBuffer = receiveBuffer;
  }

  /** Those of sockets in general. */
  static SocketOptions usual() {
    return new SocketOptions(MOST_BUFFER, MOST_BUFFER);
  }

  /** The same for a socket that was accepted. */
  SocketOptions copy() {
    SocketOptions same = new SocketOptions(sendBuffer, receiveBuffer);
    same.values.putAll(values);
    same.sendTimeout = sendTimeout;
    same.receiveTimeout = receiveTimeout;
    same.lingers = lingers;
    same.lingerSeconds = lingerSeconds;
    return same;
  }

  private static long key(int level, int name) {
    return (long) level << 32 | name;
  }

  /** What an option was set to last, or what it is otherwise. */
  public int get(int level, int name, int otherwise) {
    return values.getOrDefault(key(level, name), otherwise);
  }

  public boolean is(int level, int name) {
    return get(level, name, 0) != 0;
  }

  /** Whether an option was ever set. */
  boolean has(int level, int name) {
    return values.containsKey(key(level, name));
  }

  public void set(int level, int name, int value) {
    values.put(key(level, name), value);
  }

  public int sendBuffer() {
    return sendBuffer;
  }

  public int receiveBuffer() {
    return receiveBuffer;
  }

  /** Sets the buffer for sending to twice the size, as Linux does. */
  public void setSendBuffer(int size) {
    sendBuffer = Math.max(LEAST_SEND, 2 * Math.clamp(size & 0xffffffffL, 0, MOST_BUFFER));
  }

  /** Sets the buffer for receiving to twice the size, as Linux does. */
  public void setReceiveBuffer(int size) {
    receiveBuffer = Math.max(LEAST_RECEIVE, 2 * Math.clamp(size & 0xffffffffL, 0, MOST_BUFFER));
  }
}
