package dev.axon64.system.boot;

import dev.axon64.codegen.support.InputException;
import dev.axon64.system.unpack.Unpacking;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/** Unpacks kernels: gzip or zstd, alone or in a program for EFI that unpacks itself (zboot). */
public final class PackedImage {
  private static final int GZIP = 0x8b1f;
  private static final int ZSTD = 0xfd2fb528;
  private static final int MZ = 0x5a4d;
  private static final int ZIMG = 0x676d697a;
  private static final int TYPE_AT = 24;
  private static final int TYPE_SIZE = 8;
  private static final int LEAST = 32;
  private static final int MOST = 1 << 30;

  private PackedImage() {}

  /**
   * Returns what is packed in a file, or the file itself if nothing is.
   *
   * @param where what messages call the file
   * @throws InputException if it is damaged, or packed in a way that is not known
   */
  public static byte[] unpack(byte[] file, String where) {
    if (file.length < LEAST) {
      return file;
    }
    ByteBuffer header = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    int start = header.getShort(0) & 0xffff;
    if (start == GZIP) {
      return unpack("gzip", file, 0, file.length, where);
    }
    if (header.getInt(0) == ZSTD) {
      return unpack("zstd", file, 0, file.length, where);
    }
    if (start != MZ || header.getInt(4) != ZIMG) {
      return file;
    }
    String type =
        new String(file, TYPE_AT, TYPE_SIZE, StandardCharsets.ISO_8859_1).split("\0", 2)[0];
    long offset = header.getInt(8) & 0xffff_ffffL;
    long size = header.getInt(12) & 0xffff_ffffL;
    if (offset + size > file.length) {
      throw new InputException(where, "ends before its packed kernel does; copy it again");
    }
    return unpack(type, file, (int) offset, (int) size, where);
  }

  private static byte[] unpack(String type, byte[] file, int offset, int size, String where) {
    try (InputStream in = stream(type, Arrays.copyOfRange(file, offset, offset + size), where)) {
      byte[] all = Unpacking.all(in, MOST);
      if (all == null) {
        throw new InputException(where, "unpacks to more than 1 GiB, which no kernel does");
      }
      return all;
    } catch (IOException e) {
      throw new InputException(where, "is damaged in its packed part: " + e.getMessage(), e);
    }
  }

  private static InputStream stream(String type, byte[] packed, String where) throws IOException {
    return switch (type) {
      case "gzip" -> new GZIPInputStream(new ByteArrayInputStream(packed));
      case "zstd", "zstd22" -> Unpacking.zstd(packed);
      default ->
          throw new InputException(
              where,
              "is packed with '" + type + "'; unpack it, or give one packed with gzip or zstd");
    };
  }
}
