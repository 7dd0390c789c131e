package dev.axon64.linux.net;

import java.util.ArrayDeque;
import java.util.Deque;

/** The messages that wait to be received, one after another. */
final class MessageInbox {
  private final Network network;
  private final Deque<Packet> packets = new ArrayDeque<>();
  private int charged;

  MessageInbox(Network network) {
    this.network = network;
  }

  boolean isEmpty() {
    return packets.isEmpty();
  }

  int size() {
    return packets.size();
  }

  /** Bytes that the messages count for. */
  int charged() {
    return charged;
  }

  /** Bytes of all messages. */
  long total() {
    return packets.stream().mapToLong(Packet::length).sum();
  }

  /** Bytes of the next message. */
  int next() {
    return packets.isEmpty() ? 0 : packets.peek().length();
  }

  void add(Packet packet) {
    packets.add(packet);
    network.hold(Packet.charge(packet.length()));
    charged += Packet.charge(packet.length());
  }

  /** The next message, or its beginning. */
  Incoming receive(int most, boolean peek) {
    Packet packet = packets.peek();
    byte[] bytes = new byte[Math.min(most, packet.length())];
    packet.copy(bytes, 0, bytes.length);
    Attachment attachment = peek ? packet.attachment.hold(network) : packet.attachment;
    if (!peek) {
      packets.remove();
      network.giveBack(Packet.charge(packet.length()));
      charged -= Packet.charge(packet.length());
    }
    return new Incoming(bytes, packet.length(), packet.from, attachment);
  }

  /** Who has sent the next message. */
  Packet peek() {
    return packets.peek();
  }

  /** Drops everything. */
  void clear() {
    packets.forEach(
        packet -> {
          network.giveBack(Packet.charge(packet.length()));
          packet.attachment.release();
        });
    packets.clear();
    charged = 0;
  }
}
