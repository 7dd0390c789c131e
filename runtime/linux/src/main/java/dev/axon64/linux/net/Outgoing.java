package dev.axon64.linux.net;

/**
 * What is to be sent.
 *
 * @param bytes all of it
 * @param to whom; null for the other end
 * @param attachment what goes with it
 * @param sender who sends
 */
public record Outgoing(byte[] bytes, Address to, Attachment attachment, Credentials sender) {
  /** Bytes for the other end. */
  static Outgoing of(byte[] bytes) {
    return new Outgoing(bytes, null, Attachment.NONE, Credentials.NONE);
  }
}
