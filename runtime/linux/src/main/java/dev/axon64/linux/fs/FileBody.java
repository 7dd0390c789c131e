package dev.axon64.linux.fs;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.SysError;
import dev.axon64.machine.memory.Backing;
import java.nio.ByteBuffer;

/**
 * The bytes of an open regular file. Every method may throw {@link dev.axon64.linux.abi.SysError}.
 */
public interface FileBody {
  /** Reads up to {@code length} bytes at a position; returns how many, 0 at the end. */
  int read(long position, byte[] to, int offset, int length);

  /** Writes bytes at a position, which may lie beyond the end; returns how many. */
  int write(long position, byte[] from, int offset, int length);

  /** Reads to a buffer until it is full; returns how many bytes, fewer at the end. */
  default int read(long position, ByteBuffer to) {
    byte[] bytes = new byte[to.remaining()];
    int count = read(position, bytes, 0, bytes.length);
    to.put(bytes, 0, count);
    return count;
  }

  /** Writes what a buffer holds; returns how many bytes. */
  default int write(long position, ByteBuffer from) {
    byte[] bytes = new byte[from.remaining()];
    from.get(bytes);
    return write(position, bytes, 0, bytes.length);
  }

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

  /**
   * The first position from one on where something is stored, or nothing is.
   *
   * @param position within the file
   * @param data whether something is wanted
   * @return the size for the hole behind the last byte; -1 if there is no more data
   */
  default long seek(long position, boolean data) {
    return data ? position : size();
  }

  /**
   * Changes how a range is stored (fallocate(2)); fails with EOPNOTSUPP where that cannot be.
   *
   * @param mode bits FALLOC_FL_ that make sense together
   */
  default void allocate(int mode, long offset, long length) {
    throw new SysError(Errno.EOPNOTSUPP);
  }

  /** Makes sure that changes are on the disk. */
  default void sync() {}

  /**
   * Lets nobody open the file for writing until this is closed, since a program runs from it; fails
   * with ETXTBSY if somebody has it open so.
   */
  default void denyWrites() {}

  /** Ends the use of the bytes. */
  default void close() {}
}
