package dev.axon64.system.boot;

import dev.axon64.codegen.support.InputException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * An arm64 Linux kernel, as its documentation's booting.rst describes it.
 *
 * @param bytes the whole file
 * @param offset from a boundary of 2 MiB at which it wants to lie
 * @param size of the memory that it needs from there on
 */
public record KernelImage(byte[] bytes, long offset, long size) {
  private static final int HEADER = 64;
  private static final int MAGIC_AT = 56;
  private static final int MAGIC = 0x644d5241;
  private static final long OLD_OFFSET = 0x8_0000;
  private static final long MOST_OFFSET = 1L << 21;
  private static final long BIG_ENDIAN = 1;

  /**
   * Reads a kernel's header.
   *
   * @param where what messages call the file
   * @throws InputException if it is no such kernel
   */
  public static KernelImage of(byte[] bytes, String where) {
    ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (bytes.length < HEADER || header.getInt(MAGIC_AT) != MAGIC) {
      throw new InputException(
          where, "is no arm64 Linux kernel; give an Image, or a vmlinuz that holds one");
    }
    long offset = header.getLong(8);
    long size = header.getLong(16);
    long flags = header.getLong(24);
    if ((flags & BIG_ENDIAN) != 0) {
      throw new InputException(where, "is a big-endian kernel; give a little-endian one");
    }
    if (size == 0) {
      return new KernelImage(bytes, OLD_OFFSET, bytes.length);
    }
    if (offset < 0 || offset >= MOST_OFFSET || (offset & 0xfff) != 0) {
      throw new InputException(
          where, "wants to lie at the offset 0x%x; its header is damaged".formatted(offset));
    }
    if (size < bytes.length && size < 0 || size > 1L << 40) {
      throw new InputException(
          where, "wants %d bytes of memory; its header is damaged".formatted(size));
    }
    return new KernelImage(bytes, offset, Math.max(size, bytes.length));
  }
}
