package dev.axon64.system.net;

/** Takes frames that the network sends to the guest. */
public interface Receiver {
  /**
   * Takes a frame.
   *
   * @param segment 0, or the number of payload bytes into which a longer TCP segment may be cut;
   *     then its checksum is that of the pseudo header only
   * @return whether there was room for it
   */
  boolean receive(byte[] frame, int segment);

  /** The most bytes of a TCP segment's payload that it cuts; 0 if it does not cut. */
  int longest();
}
