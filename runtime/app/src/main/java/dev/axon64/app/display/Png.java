package dev.axon64.app.display;

import dev.axon64.codegen.support.AtomicFiles;
import dev.axon64.linux.display.Screen;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/** Writes pictures as PNG, without what of the JDK is for desktops. */
public final class Png {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  private static final int RGB = 2;

  private Png() {}

  /** Writes what a screen shows into a file. */
  static void write(Screen screen, Path file) {
    AtomicFiles.write(file, of(screen));
  }

  /** What a screen shows. */
  public static byte[] of(Screen screen) {
    return of(screen.all().pixels(), screen.width(), screen.height());
  }

  /**
   * A picture.
   *
   * @param pixels as 0xRRGGBB, row by row
   */
  public static byte[] of(int[] pixels, int width, int height) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.write(SIGNATURE);
      ByteArrayOutputStream head = new ByteArrayOutputStream();
      DataOutputStream fields = new DataOutputStream(head);
      fields.writeInt(width);
      fields.writeInt(height);
      fields.write(new byte[] {8, RGB, 0, 0, 0});
      chunk(out, "IHDR", head.toByteArray());
      chunk(out, "IDAT", compressed(pixels, width));
      chunk(out, "IEND", new byte[0]);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // nothing in memory fails
    }
    return bytes.toByteArray();
  }

  private static byte[] compressed(int[] pixels, int width) throws IOException {
    Deflater deflater = new Deflater(Deflater.BEST_SPEED);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(bytes, deflater)) {
      byte[] row = new byte[1 + 3 * width]; // begins with the number of a filter, 0 for none
      for (int start = 0; start < pixels.length; start += width) {
        for (int x = 0; x < width; x++) {
          int rgb = pixels[start + x];
          row[1 + 3 * x] = (byte) (rgb >> 16);
          row[2 + 3 * x] = (byte) (rgb >> 8);
          row[3 + 3 * x] = (byte) rgb;
        }
        out.write(row);
      }
    } finally {
      deflater.end();
    }
    return bytes.toByteArray();
  }

  private static void chunk(DataOutputStream out, String type, byte[] data) throws IOException {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 crc = new CRC32();
    crc.update(name);
    crc.update(data);
    out.writeInt(data.length);
    out.write(name);
    out.write(data);
    out.writeInt((int) crc.getValue());
  }
}
