package dev.axon64.linux.fs;

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

  /** Makes sure that changes are on the disk. */
  default void sync() {}

  /** Ends the use of the bytes. */
  default void close() {}
}
