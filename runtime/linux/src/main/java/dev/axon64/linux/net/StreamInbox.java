package dev.axon64.linux.net;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;

/** The bytes of a stream that wait to be received, with what was attached to them. */
final class StreamInbox {
  private final Network network;
  private final Deque<Packet> packets = new ArrayDeque<>();
  private int held;

  StreamInbox(Network network) {
    this.network = network;
  }

  /** How many bytes wait. */
  int held() {
    return held;
  }

  /** Whether packets without bytes wait, which messages may be. */
  boolean isEmpty() {
    return packets.isEmpty();
  }

  /** Adds bytes; they are copied, unless the machine holds too many already. */
  int add(byte[] bytes, int at, int length, Attachment attachment) {
    int room = network.take(length);
    int count = room;
    int from = at;
    Packet last = packets.peekLast();
    if (last != null && last.attachment.joins(attachment)) {
      int part = last.append(bytes, from, count);
      from += part;
      count -= part;
    }
    if (count > 0) {
      packets.add(new Packet(bytes, from, count, null, attachment));
      network.hold(Packet.HEAD);
    }
    held += room;
    return room;
  }

  /**
   * Receives up to the first attachment of files.
   *
   * @param most bytes that are wanted
   * @param peek whether they stay
   * @param tellsSenders whether bytes of two senders are kept apart
   */
  Incoming receive(int most, boolean peek, boolean tellsSenders) {
    byte[] bytes = new byte[Math.min(most, held)];
    int done = 0;
    Attachment attachment = null;
    for (Iterator<Packet> each = packets.iterator(); each.hasNext() && done < most; ) {
      Packet packet = each.next();
      if (attachment != null && tellsSenders && !sameSender(attachment, packet.attachment)) {
        break;
      }
      int part = packet.copy(bytes, done, most - done);
      done += part;
      boolean brings = !packet.attachment.files().isEmpty();
      if (attachment == null || brings) {
        attachment = packet.attachment;
      }
      if (!peek) {
        packet.skip(part);
        held -= part;
        network.giveBack(part);
        if (packet.length() == 0) {
          each.remove();
          network.giveBack(Packet.HEAD);
        } else if (brings) {
          each.remove();
          packets.addFirst(packet.bare());
        }
      } else if (brings) {
        attachment = attachment.hold(network);
      }
      if (brings) {
        break;
      }
    }
    byte[] all = done == bytes.length ? bytes : Arrays.copyOf(bytes, done);
    return new Incoming(all, done, null, attachment == null ? Attachment.NONE : attachment);
  }

  private static boolean sameSender(Attachment one, Attachment other) {
    return one.sender() == null ? other.sender() == null : one.sender().equals(other.sender());
  }

  /** Drops everything. */
  void clear() {
    network.giveBack(held + packets.size() * Packet.HEAD);
    held = 0;
    packets.forEach(packet -> packet.attachment.release());
    packets.clear();
  }
}
