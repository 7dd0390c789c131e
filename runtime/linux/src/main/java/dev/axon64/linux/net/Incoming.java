package dev.axon64.linux.net;

/**
 * What was received.
 *
 * @param bytes as many as were wanted and there
 * @param length bytes of the whole message
 * @param from who has sent it; null if that is not told
 * @param attachment what came with it, for the receiver to release
 */
public record Incoming(byte[] bytes, int length, Address from, Attachment attachment) {
  /** The end of a stream. */
  static final Incoming END = new Incoming(new byte[0], 0, null, Attachment.NONE);

  /** Whether the message had more bytes than were wanted. */
  public boolean isCut() {
    return length > bytes.length;
  }
}
