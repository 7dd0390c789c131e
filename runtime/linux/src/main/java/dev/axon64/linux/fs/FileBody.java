package dev.axon64.linux.fs;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.SysError;
import dev.axon64.machine.memory.Backing;

/**
 * The bytes of an open regular file. Every method may throw {@link dev.axon64.linux.abi.SysError}.
 */
public interface FileBody {
  /** Reads up to {@code length} bytes at a position; returns how many, 0 at the end. */
  int read(long position, byte[] to, int offset, int length);

  /** Writes bytes at a position, which may lie beyond the end; returns how many. */
  int write(long position, byte[] from, int offset, int length);

  /** The size in bytes. */
  long size();

  /** Cuts the file, or extends it with zeroes. */
  void resize(long size);

  /**
   * Backs mappings with the bytes; fails with ENODEV if they cannot be shared.
   *
   * @param shared whether stores go to the file
   */
  default Backing backing(boolean shared) {
    if (shared) {
      throw new SysError(Errno.ENODEV);
    }
    return Backing.privateFile(this::readPage);
  }

  /** Fills a page with bytes of the file; false if it lies beyond the end or cannot be read. */
  default boolean readPage(long offset, byte[] page) {
    try {
      return offset >= 0 && read(offset, page, 0, page.length) > 0;
    } catch (SysError e) {
      return false;
    }
  }

  /** Makes sure that changes are on the disk. */
  default void sync() {}

  /** Ends the use of the bytes. */
  default void close() {}
}
