package dev.axon64.linux.display;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The first thing that a client is told. */
final class Setup {
  static final String VENDOR = "Axon64";

  /** Depths of pictures, each with the bits of a pixel in an image. */
  private static final int[][] FORMATS = {{1, 1}, {8, 8}, {24, 32}, {32, 32}};

  private static final int MOST = 1 << 12;
  private static final int TRUE_COLOR = 4;

  private Setup() {}

  /** The bits of a pixel in an image of a depth; 0 if there is no such depth. */
  static int bitsOfPixel(int depth) {
    for (int[] format : FORMATS) {
      if (format[0] == depth) {
        return format[1];
      }
    }
    return 0;
  }

  private static ByteBuffer begin(int verdict, int reason) {
    ByteBuffer b = ByteBuffer.allocate(MOST).order(ByteOrder.LITTLE_ENDIAN);
    return b.put((byte) verdict).put((byte) reason).putShort((short) 11).putShort((short) 0);
  }

  private static byte[] finish(ByteBuffer b) {
    int size = b.position() + 3 & ~3;
    b.putShort(6, (short) ((size - 8) / 4));
    return Arrays.copyOf(b.array(), size);
  }

  static byte[] refuse() {
    byte[] why = "only little-endian clients".getBytes(StandardCharsets.US_ASCII);
    return finish(begin(0, why.length).putShort((short) 0).put(why));
  }

  static byte[] accept(Client client, Desktop desktop) {
    byte[] vendor = VENDOR.getBytes(StandardCharsets.US_ASCII);
    ByteBuffer b = begin(1, 0).putShort((short) 0);
    b.putInt(1).putInt(client.base).putInt(Resources.CHOICE).putInt(256);
    b.putShort((short) vendor.length).putShort((short) 0xffff);
    b.put((byte) 1).put((byte) FORMATS.length); // one screen
    b.put((byte) 0).put((byte) 0); // bytes and bits in the order of their values
    b.put((byte) 32).put((byte) 32); // bitmaps in units of 32 bits
    b.put((byte) Keys.FIRST).put((byte) Keys.LAST).putInt(0);
    b.put(vendor).position(b.position() + 3 & ~3);
    for (int[] format : FORMATS) {
      b.put((byte) format[0]).put((byte) format[1]).put((byte) 32).position(b.position() + 5);
    }
    screen(b, desktop.root);
    return finish(b);
  }

  private static void screen(ByteBuffer b, Window root) {
    b.putInt(Desktop.ROOT).putInt(Desktop.COLORMAP).putInt(0xffffff).putInt(0);
    b.putInt(root.wanted()).putShort((short) root.width).putShort((short) root.height);
    b.putShort(millimetres(root.width)).putShort(millimetres(root.height));
    b.putShort((short) 1).putShort((short) 1).putInt(Desktop.VISUAL);
    b.put((byte) 0).put((byte) 0).put((byte) Desktop.DEPTH).put((byte) FORMATS.length);
    for (int[] format : FORMATS) {
      boolean shown = format[0] == Desktop.DEPTH;
      b.put((byte) format[0]).put((byte) 0).putShort((short) (shown ? 1 : 0)).putInt(0);
      if (shown) {
        b.putInt(Desktop.VISUAL).put((byte) TRUE_COLOR).put((byte) 8).putShort((short) 256);
        b.putInt(0xff0000).putInt(0xff00).putInt(0xff).putInt(0);
      }
    }
  }

  /** A length at 96 pixels per inch. */
  private static short millimetres(int pixels) {
    return (short) (pixels * 254 / 960);
  }
}
