package dev.axon64.system.virtio;

import java.io.IOException;

/** What a block device keeps: bytes by their place. */
public interface Disk {
  /** The number of bytes, a multiple of 512. */
  long size();

  /** Reads bytes, which must lie on the disk. */
  void read(long at, byte[] to, int length) throws IOException;

  /**
   * Writes bytes, which must lie on the disk.
   *
   * @throws IOException if they cannot be written
   */
  void write(long at, byte[] from, int length) throws IOException;

  /** Makes sure that what was written stays. */
  void flush() throws IOException;
}
