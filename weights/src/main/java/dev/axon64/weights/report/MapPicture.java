package dev.axon64.weights.report;

import dev.axon64.codegen.chart.Svg;
import dev.axon64.weights.certify.Certificate.MapView;
import dev.axon64.weights.certify.Runs;
import java.awt.image.BufferedImage;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/** The encoding space as a picture with axes, one pixel per cell. */
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
    Svg svg = Svg.inline(LEFT + SIDE + 10, SIDE + BOTTOM + 8, title);
    svg.element(
        "image",
        "x",
        LEFT,
        "y",
        4,
        "width",
        SIDE,
        "height",
        SIDE,
        "preserveAspectRatio",
        "none",
        "style",
        "image-rendering:pixelated",
        "href",
        Png.dataUri(picture(runs, colours, colour)));
    svg.rect(LEFT, 4, SIDE, SIDE, "class", "frame");
    axes(svg);
    return svg.end();
  }

  private BufferedImage picture(String runs, int colours, IntUnaryOperator colour) {
    long[] cells = new long[width * height];
    Runs.decode(runs, cells);
    int[] palette = IntStream.range(0, Math.min(colours, 256)).map(colour).toArray();
    BufferedImage picture = Png.indexed(width, height, palette);
    for (int x = 0; x < width; x++) {
      for (int y = 0; y < height; y++) {
        picture.getRaster().setSample(x, y, 0, (int) cells[x * height + y]);
      }
    }
    return picture;
  }

  private void axes(Svg svg) {
    int right = LEFT + SIDE / 2;
    for (int t = 0; t < TICKS && t < width; t++) {
      int x = LEFT + t * SIDE / Math.min(TICKS, width);
      svg.text(x, SIDE + 20, tick(t, map.across().size()), "text-anchor", "start");
    }
    String across = "column: " + Words.fields(map.across());
    svg.text(right, SIDE + 42, across, "text-anchor", "middle");
    for (int t = 0; t < TICKS && t < height; t++) {
      int y = 15 + t * SIDE / Math.min(TICKS, height);
      svg.text(LEFT - 6, y, tick(t, map.down().size()), "text-anchor", "end");
    }
    String turned = "translate(14 " + SIDE / 2 + ") rotate(-90)";
    String down = "row: " + Words.fields(map.down());
    svg.text(0, 0, down, "transform", turned, "text-anchor", "middle");
  }

  /** The upper three bits of a coordinate, the rest dots: {@code 011.....}. */
  private static String tick(int t, int bits) {
    int shown = Math.min(bits, 3);
    String digits = Integer.toBinaryString(t | 1 << shown).substring(1);
    return digits + "·".repeat(Math.max(0, Math.min(bits - shown, 5)));
  }
}
