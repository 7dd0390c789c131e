package dev.axon64.linux.net;

import java.util.Arrays;
import java.util.List;

/** Bytes on their way from one socket to another. */
final class Packet {
  /** What Linux counts for the administration of a packet. */
  static final int HEAD = 576;

  /** Bytes to which others may be added. */
  private static final int CHUNK = 1 << 14;

  final Address from;
  final Attachment attachment;

  /** The socket that has sent it, if that counts what is underway; or null. */
  final Socket sender;

  /** What its head says, if that can be asked for; or null. */
  Envelope envelope;

  private byte[] bytes;
  private int start;
  private int end;

  /** A packet of its own bytes. */
  Packet(byte[] bytes, int start, int length, Address from, Attachment attachment) {
    this(bytes, start, length, from, attachment, null);
  }

  /** A packet of its own bytes, whose sender wants to know when it is received. */
  Packet(byte[] bytes, int start, int length, Address from, Attachment attachment, Socket sender) {
    this.sender = sender;
    this.bytes = Arrays.copyOfRange(bytes, start, start + length);
    this.end = length;
    this.from = from;
    this.attachment = attachment;
  }

  int length() {
    return end - start;
  }

  /** What a message of so many bytes counts against a socket's buffer. */
  static int charge(int length) {
    return length + HEAD;
  }

  /** Copies bytes without taking them; returns how many. */
  int copy(byte[] to, int at, int most) {
    int count = Math.min(most, length());
    System.arraycopy(bytes, start, to, at, count);
    return count;
  }

  /** Takes bytes away. */
  void skip(int count) {
    start += count;
  }

  /** The same bytes without the files that came with them. */
  Packet bare() {
    Attachment left = new Attachment(List.of(), attachment.sender());
    return new Packet(bytes, start, length(), from, left);
  }

  /** Adds bytes of a stream behind the others; returns how many found room. */
  int append(byte[] more, int at, int count) {
    if (end == bytes.length && bytes.length < CHUNK) {
      bytes = Arrays.copyOf(bytes, Math.min(CHUNK, Math.max(256, 2 * bytes.length)));
    }
    int part = Math.min(count, bytes.length - end);
    System.arraycopy(more, at, bytes, end, part);
    end += part;
    return part;
  }
}
