package dev.axon64.system.unpack;

import io.airlift.compress.zstd.ZstdDecompressor;
import io.airlift.compress.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/** Unpacks what others packed, up to a size that the caller names. */
public final class Unpacking {
  private static final int PIECE = 1 << 16;

  private Unpacking() {}

  /**
   * Exactly so many bytes from a frame of zstd (RFC 8878), behind which other bytes may follow.
   *
   * @throws IOException if the data are damaged, or too short
   */
  public static byte[] zstd(byte[] packed, int size) throws IOException {
    byte[] out = new byte[size];
    try {
      int length = new ZstdDecompressor().decompress(packed, 0, frame(packed), out, 0, size);
      if (length < size) {
        throw new IOException("the packed data end too soon");
      }
      return out;
    } catch (RuntimeException e) {
      throw new IOException("damaged zstd data: " + e.getMessage(), e);
    }
  }

  /** The number of bytes of the frame that data begin with. */
  private static int frame(byte[] packed) {
    int flags = packed[4];
    boolean single = (flags & 0x20) != 0;
    int content = flags >>> 6 & 3;
    int dictionary = flags & 3;
    int at = 5 + (single ? 0 : 1) + (dictionary == 3 ? 4 : dictionary);
    at += content == 0 ? single ? 1 : 0 : 1 << content;
    while (true) {
      int header = packed[at] & 0xff | (packed[at + 1] & 0xff) << 8 | (packed[at + 2] & 0xff) << 16;
      boolean repeats = (header >>> 1 & 3) == 1;
      at += 3 + (repeats ? 1 : header >>> 3);
      if ((header & 1) != 0) {
        return at + ((flags & 4) != 0 ? 4 : 0);
      }
    }
  }

  /**
   * Exactly so many bytes from data packed by deflate without a header.
   *
   * @throws IOException if the data are damaged, or too short
   */
  public static byte[] deflated(byte[] packed, int size) throws IOException {
    Inflater inflater = new Inflater(true);
    try (InputStream in =
        new InflaterInputStream(new ByteArrayInputStream(packed), inflater, PIECE)) {
      return exactly(in, size);
    } finally {
      inflater.end();
    }
  }

  private static byte[] exactly(InputStream in, int size) throws IOException {
    byte[] bytes = in.readNBytes(size);
    if (bytes.length < size) {
      throw new IOException("the packed data end too soon");
    }
    return bytes;
  }

  /** What a frame of zstd holds; damaged data are an {@link IOException}. */
  public static InputStream zstd(byte[] packed) throws IOException {
    try {
      return new CheckedStream(
          new ZstdInputStream(new ByteArrayInputStream(packed, 0, frame(packed))));
    } catch (RuntimeException e) {
      throw new IOException("damaged zstd data: " + e.getMessage(), e);
    }
  }

  /**
   * All that a stream holds.
   *
   * @return null if it is more than so many bytes
   */
  public static byte[] all(InputStream in, int most) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] part = new byte[PIECE];
    for (int n = in.read(part); n >= 0; n = in.read(part)) {
      if (out.size() > most - n) {
        return null;
      }
      out.write(part, 0, n);
    }
    return out.toByteArray();
  }

  /** The library tells damaged data by exceptions of several kinds. */
  private static final class CheckedStream extends InputStream {
    private final InputStream in;

    CheckedStream(InputStream in) {
      this.in = in;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
      try {
        return in.read(to, offset, length);
      } catch (RuntimeException e) {
        throw new IOException("damaged zstd data: " + e.getMessage(), e);
      }
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
