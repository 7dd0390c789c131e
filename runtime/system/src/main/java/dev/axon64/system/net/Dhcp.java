package dev.axon64.system.net;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Tells the guest its address, and whom to ask for what (RFC 2131). */
final class Dhcp {
  static final int SERVER = 67;
  static final int CLIENT = 68;

  private static final int FIXED = 236;
  private static final int COOKIE = 0x6382_5363;
  private static final int ROOM = 576;

  private static final int DISCOVER = 1;
  private static final int OFFER = 2;
  private static final int REQUEST = 3;
  private static final int ACK = 5;
  private static final int NAK = 6;

  private static final int MASK = 1;
  private static final int ROUTER = 3;
  private static final int NAMES = 6;
  private static final int ASKED = 50;
  private static final int LEASE = 51;
  private static final int KIND = 53;
  private static final int SERVER_ID = 54;
  private static final int END = 255;

  private static final int DAY = 86_400;

  private Dhcp() {}

  /** The answer to a message; null if it needs none. */
  static byte[] answer(ByteBuffer message) {
    if (message.limit() < FIXED + 8 || message.get(0) != 1 || message.getInt(FIXED) != COOKIE) {
      return null;
    }
    int kind = option(message, KIND, 1);
    if (kind != DISCOVER && kind != REQUEST) {
      return null;
    }
    int asked = option(message, ASKED, Integer.BYTES);
    if (asked == -1) {
      asked = message.getInt(12); // the address that it has
    }
    boolean refused = kind == REQUEST && asked != Addresses.GUEST;
    ByteBuffer answer = ByteBuffer.allocate(ROOM);
    answer.put((byte) 2).put(1, message, 1, 7); // kinds of hardware, and the number of the talk
    answer.put(10, message, 10, 2); // flags
    answer.put(28, message, 28, 16); // hardware address
    answer.putInt(16, refused ? 0 : Addresses.GUEST).putInt(20, Addresses.HOST);
    answer.position(FIXED).putInt(COOKIE);
    answer.put((byte) KIND).put((byte) 1);
    answer.put((byte) (refused ? NAK : kind == DISCOVER ? OFFER : ACK));
    add(answer, SERVER_ID, Addresses.HOST);
    if (!refused) {
      add(answer, LEASE, DAY);
      add(answer, MASK, Addresses.MASK);
      add(answer, ROUTER, Addresses.HOST);
      add(answer, NAMES, Addresses.NAMES);
    }
    answer.put((byte) END);
    return Arrays.copyOf(answer.array(), ROOM);
  }

  private static void add(ByteBuffer answer, int option, int value) {
    answer.put((byte) option).put((byte) Integer.BYTES).putInt(value);
  }

  /** The value of an option; -1 if it is not there, or of another size. */
  private static int option(ByteBuffer message, int option, int size) {
    int at = FIXED + Integer.BYTES;
    while (at < message.limit()) {
      int code = message.get(at) & 0xff;
      if (code == END) {
        return -1;
      }
      if (code == 0) {
        at++;
        continue;
      }
      if (at + 1 >= message.limit()) {
        return -1;
      }
      int length = message.get(at + 1) & 0xff;
      if (code == option && length == size && at + 2 + length <= message.limit()) {
        return size == 1 ? message.get(at + 2) & 0xff : message.getInt(at + 2);
      }
      at += 2 + length;
    }
    return -1;
  }
}
