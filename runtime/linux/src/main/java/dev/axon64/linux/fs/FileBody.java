package dev.axon64.linux.fs;

/** The bytes of an open regular file. Every method may throw SysError. */
public interface FileBody {
  /** Reads up to {@code length} bytes at a position; 0 at the end. */
  int read(long position, byte[] to, int offset, int length);

  /** Writes bytes at a position, which may lie beyond the end; returns how many. */
  int write(long position, byte[] from, int offset, int length);

  /** Bytes. */
  long size();

  /** Cuts or extends with zeroes. */
  void resize(long size);

  /** Takes changes to the disk. */
  default void sync() {}

  /** Gives it back. */
  default void close() {}
}
