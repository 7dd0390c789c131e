package dev.axon64.linux.display;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Images as the protocol sends them: pixels, or one bit of each after the other. */
final class ImageBytes {
  private ImageBytes() {}

  /** Bytes of a row of so many bits, which ends at a multiple of 32. */
  private static int stride(int bits) {
    return (bits + 31) / 32 * 4;
  }

  /** Bytes of an image. */
  static long size(boolean pixels, int width, int height, int depth) {
    return pixels
        ? (long) stride(width * Setup.bitsOfPixel(depth)) * height
        : (long) stride(width) * height * depth;
  }

  static int[] pixels(byte[] bytes, int width, int height, int depth) {
    int bits = Setup.bitsOfPixel(depth);
    int stride = stride(width * bits);
    int[] pixels = new int[width * height];
    if (bits == 32) {
      ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(pixels);
      for (int i = 0; depth < 32 && i < pixels.length; i++) {
        pixels[i] &= 0xffffff;
      }
      return pixels;
    }
    for (int i = 0; i < pixels.length; i++) {
      int x = i % width;
      int row = i / width * stride;
      pixels[i] = bits == 8 ? bytes[row + x] & 0xff : bytes[row + x / 8] >> x % 8 & 1;
    }
    return pixels;
  }

  /**
   * Puts pixels together from planes, of which the highest comes first.
   *
   * @param left bits that are skipped in each row
   */
  static int[] planes(byte[] bytes, int width, int height, int depth, int left) {
    int stride = stride(width + left);
    int[] pixels = new int[width * height];
    for (int plane = 0; plane < depth; plane++) {
      for (int i = 0; i < pixels.length; i++) {
        int x = i % width + left;
        int row = (plane * height + i / width) * stride;
        pixels[i] = pixels[i] << 1 | bytes[row + x / 8] >> x % 8 & 1;
      }
    }
    return pixels;
  }

  static byte[] ofPixels(int[] pixels, int width, int depth) {
    int bits = Setup.bitsOfPixel(depth);
    int stride = stride(width * bits);
    byte[] bytes = new byte[pixels.length / width * stride];
    if (bits == 32) {
      ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().put(pixels);
      return bytes;
    }
    for (int i = 0; i < pixels.length; i++) {
      int x = i % width;
      int row = i / width * stride;
      if (bits == 8) {
        bytes[row + x] = (byte) pixels[i];
      } else {
        bytes[row + x / 8] |= (byte) ((pixels[i] & 1) << x % 8);
      }
    }
    return bytes;
  }

  /** The planes that a mask names, the highest first. */
  static byte[] ofPlanes(int[] pixels, int width, int depth, int planes) {
    int stride = stride(width);
    int height = pixels.length / width;
    int named = Integer.bitCount(depth >= 32 ? planes : planes & (1 << depth) - 1);
    byte[] bytes = new byte[named * height * stride];
    int base = 0;
    for (int plane = depth - 1; plane >= 0; plane--) {
      if ((planes >>> plane & 1) == 0) {
        continue;
      }
      for (int i = 0; i < pixels.length; i++) {
        int at = base + i / width * stride + i % width / 8;
        bytes[at] |= (byte) ((pixels[i] >>> plane & 1) << i % width % 8);
      }
      base += height * stride;
    }
    return bytes;
  }
}
