package dev.axon64.weights.report;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Pictures of few colours as PNG. */
final class Png {
  private Png() {}

  /**
   * A picture whose samples are places in a palette, all of them 0 at first.
   *
   * @param palette at most 256 colours, 0xRRGGBB
   */
  static BufferedImage indexed(int width, int height, int[] palette) {
    byte[][] parts = new byte[3][palette.length];
    for (int i = 0; i < palette.length; i++) {
      for (int part = 0; part < parts.length; part++) {
        parts[part][i] = (byte) (palette[i] >> 16 - 8 * part);
      }
    }
    IndexColorModel colours = new IndexColorModel(8, palette.length, parts[0], parts[1], parts[2]);
    return new BufferedImage(width, height, BufferedImage.TYPE_BYTE_INDEXED, colours);
  }

  /** A picture as an address that a page can hold. */
  static String dataUri(BufferedImage picture) {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    // Cached in memory: given a plain stream, ImageIO makes a temporary file.
    try (ImageOutputStream out = new MemoryCacheImageOutputStream(png)) {
      ImageIO.write(picture, "png", out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return "data:image/png;base64," + Base64.getEncoder().encodeToString(png.toByteArray());
  }
}
