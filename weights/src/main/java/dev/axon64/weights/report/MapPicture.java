package dev.axon64.weights.report;

import dev.axon64.weights.certify.Certificate.MapView;
import dev.axon64.weights.certify.Runs;
import java.util.Locale;
import java.util.function.IntUnaryOperator;

/** The encoding space as a picture with axes: a pixel a cell. */
final class MapPicture {
  private static final int SIDE = 512;
  private static final int LEFT = 76;
  private static final int BOTTOM = 46;
  private static final int TICKS = 8;

  private final MapView map;
  private final int width;
  private final int height;

  MapPicture(MapView map) {
    this.map = map;
    this.width = 1 << map.across().size();
    this.height = 1 << map.down().size();
  }

  /** Cells coloured by the kernel in {@code runs}. */
  String kernels(String runs, int kernels, String title) {
    return svg(runs, kernels, Palette::kernel, title);
  }

  /** Cells coloured by their share of wrong words. */
  String wrong(String title) {
    return svg(map.wrongPercent(), Palette.SHARES, Palette::wrong, title);
  }

  private String svg(String runs, int colours, IntUnaryOperator colour, String title) {
    StringBuilder svg = new StringBuilder();
    svg.append(
        String.format(
            Locale.ROOT,
            "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">%n",
            LEFT + SIDE + 10,
            SIDE + BOTTOM + 8,
            Html.escape(title)));
    svg.append(
        String.format(
            Locale.ROOT,
            "<image x=\"%d\" y=\"4\" width=\"%d\" height=\"%d\" preserveAspectRatio=\"none\""
                + " style=\"image-rendering:pixelated\" href=\"%s\"/>%n",
            LEFT,
            SIDE,
            SIDE,
            Png.dataUri(png(runs, colours, colour))));
    svg.append(
        String.format(
            "<rect x=\"%d\" y=\"4\" width=\"%d\" height=\"%d\" class=\"frame\"/>%n",
            LEFT, SIDE, SIDE));
    axes(svg);
    return svg.append("</svg>\n").toString();
  }

  private byte[] png(String runs, int colours, IntUnaryOperator colour) {
    long[] cells = new long[width * height];
    Runs.decode(runs, cells);
    byte[] pixels = new byte[cells.length];
    for (int x = 0; x < width; x++) {
      for (int y = 0; y < height; y++) {
        pixels[y * width + x] = (byte) cells[x * height + y];
      }
    }
    int[] palette = new int[Math.min(colours, 256)];
    for (int i = 0; i < palette.length; i++) {
      palette[i] = colour.applyAsInt(i);
    }
    return Png.indexed(width, height, pixels, palette);
  }

  private void axes(StringBuilder svg) {
    int right = LEFT + SIDE / 2;
    for (int t = 0; t < TICKS && t < width; t++) {
      int x = LEFT + t * SIDE / Math.min(TICKS, width);
      text(svg, x, SIDE + 20, "start", tick(t, map.across().size()));
    }
    text(svg, right, SIDE + 42, "middle", "column: " + Words.fields(map.across()));
    for (int t = 0; t < TICKS && t < height; t++) {
      int y = 15 + t * SIDE / Math.min(TICKS, height);
      text(svg, LEFT - 6, y, "end", tick(t, map.down().size()));
    }
    svg.append(
        String.format(
            "<text transform=\"translate(14 %d) rotate(-90)\" text-anchor=\"middle\">row: %s</text>%n",
            SIDE / 2, Words.fields(map.down())));
  }

  /** The upper three bits of a coordinate, the rest dots: {@code 011.....}. */
  private static String tick(int t, int bits) {
    int shown = Math.min(bits, 3);
    String digits = Integer.toBinaryString(t | 1 << shown).substring(1);
    return digits + "·".repeat(Math.max(0, Math.min(bits - shown, 5)));
  }

  private static void text(StringBuilder svg, int x, int y, String anchor, String text) {
    svg.append(
        String.format(
            "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\">%s</text>%n", x, y, anchor, text));
  }
}
