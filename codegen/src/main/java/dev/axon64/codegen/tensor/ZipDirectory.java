package dev.axon64.codegen.tensor;

import dev.axon64.codegen.support.InputException;
import java.nio.ByteBuffer;

/**
 * Where a zip's central directory lies.
 *
 * @param at its first byte
 * @param end the byte after its last
 * @param entries the number of its entries, which its bytes can hold
 */
record ZipDirectory(int at, int end, int entries) {
  private static final int TRAILER = 22;
  private static final int LONGEST_COMMENT = 0xffff;
  private static final int ZIP64_LOCATOR = 20;
  private static final int ZIP64_TRAILER = 56;
  private static final int SMALLEST_ENTRY = 46;
  private static final int MOST_ENTRIES = 1 << 17;

  /**
   * Finds the directory through the trailer at the very end of the file.
   *
   * @throws InputException if there is none or it lies outside the file
   */
  static ZipDirectory locate(ByteBuffer file, String where) {
    int trailer = trailer(file);
    if (trailer < 0) {
      throw damaged(where, "it is cut short, or has bytes after its end");
    }
    long entries = file.getShort(trailer + 10) & 0xffff;
    long size = file.getInt(trailer + 12) & 0xffffffffL;
    long at = file.getInt(trailer + 16) & 0xffffffffL;
    int limit = trailer;
    if (entries == 0xffff || size == 0xffffffffL || at == 0xffffffffL) {
      limit = zip64Trailer(file, trailer, where);
      entries = file.getLong(limit + 32);
      size = file.getLong(limit + 40);
      at = file.getLong(limit + 48);
    }
    if (size < 0 || at < 0 || size > limit || at > limit - size) {
      throw damaged(where, "its directory lies outside the file");
    }
    if (entries < 0 || entries > size / SMALLEST_ENTRY || entries > MOST_ENTRIES) {
      throw damaged(where, "its directory cannot have " + entries + " entries");
    }
    return new ZipDirectory((int) at, (int) (at + size), (int) entries);
  }

  private static int trailer(ByteBuffer file) {
    int last = file.limit() - TRAILER;
    for (int at = last; at >= 0 && at >= last - LONGEST_COMMENT; at--) {
      if (file.getInt(at) == 0x06054b50 && (file.getShort(at + 20) & 0xffff) == last - at) {
        return at;
      }
    }
    return -1;
  }

  private static int zip64Trailer(ByteBuffer file, int trailer, String where) {
    int locator = trailer - ZIP64_LOCATOR;
    if (locator < 0 || file.getInt(locator) != 0x07064b50) {
      throw damaged(where, "its 64-bit directory is missing");
    }
    long at = file.getLong(locator + 8);
    if (at < 0 || at > locator - ZIP64_TRAILER || file.getInt((int) at) != 0x06064b50) {
      throw damaged(where, "its 64-bit directory is missing");
    }
    return (int) at;
  }

  static InputException damaged(String where, String what) {
    return new InputException(
        where, "is a damaged zip: " + what + "; copy the checkpoint again or save it again");
  }
}
