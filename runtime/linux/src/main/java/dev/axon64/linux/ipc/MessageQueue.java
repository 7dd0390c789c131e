package dev.axon64.linux.ipc;

import dev.axon64.linux.identity.Identity;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A queue of messages that have types. */
public final class MessageQueue extends IpcObject {
  /** Bytes of struct msqid64_ds. */
  public static final int BYTES = 120;

  /** The bytes that a queue holds unless it is told otherwise. */
  public static final int USUAL_BYTES = 16_384;

  private final List<Message> messages = new ArrayList<>();
  private long most = USUAL_BYTES;
  private long bytes;
  private long sent;
  private long received;
  private int sender;
  private int receiver;

  /** A message. */
  public record Message(long type, byte[] text) {}

  public MessageQueue(int key, Identity who, int mode, long now) {
    super(key, who, mode, now);
  }

  /** Whether a message of so many bytes can be added now. */
  public boolean hasRoom(int length) {
    return bytes + length <= most && messages.size() + 1 <= most;
  }

  /** Adds a message. */
  public void send(Message message, int process, long now) {
    messages.add(message);
    bytes += message.text.length;
    sender = process;
    sent = now;
  }

  /**
   * The message that a receiver gets; null if there is none.
   *
   * @param type 0 for the first, above that the first of the type, below that the first of the
   *     lowest type up to its magnitude
   * @param except whether the first of any other type is meant
   */
  public Message find(long type, boolean except) {
    Message found = null;
    for (Message each : messages) {
      if (type == 0 || type > 0 && (each.type == type) != except) {
        return each;
      }
      boolean lower = found == null || each.type < found.type;
      if (type < 0 && lower && (type == Long.MIN_VALUE || each.type <= -type)) {
        found = each;
      }
    }
    return found;
  }

  /** The message at an index; null if there is none. */
  public Message at(long index) {
    return index >= 0 && index < messages.size() ? messages.get((int) index) : null;
  }

  /** Takes a message. */
  public void receive(Message message, int process, long now) {
    messages.remove(message);
    bytes -= message.text.length;
    receiver = process;
    received = now;
  }

  /** How many there are. */
  public int count() {
    return messages.size();
  }

  /** Bytes of all of them. */
  public long bytes() {
    return bytes;
  }

  /** How many bytes it may hold. */
  public long most() {
    return most;
  }

  @Override
  public void change(ByteBuffer from, long now) {
    super.change(from, now);
    most = from.getLong(88);
  }

  /** Writes the structure. */
  public void put(ByteBuffer to) {
    putPermissions(to, 0);
    to.putLong(48, sent).putLong(56, received).putLong(64, changed);
    to.putLong(72, bytes).putLong(80, messages.size()).putLong(88, most);
    to.putInt(96, sender).putInt(100, receiver);
  }
}
