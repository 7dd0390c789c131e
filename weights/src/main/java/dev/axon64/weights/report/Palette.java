package dev.axon64.weights.report;

/** Colours of kernels that readers with colour blindness can tell apart too. */
final class Palette {
  /** Paul Tol's "bright" scheme and two more. */
  private static final int[] KERNELS = {
    0x4477aa, 0x66ccee, 0x228833, 0xccbb44, 0xee8866, 0xaa3377, 0xbbbbbb, 0x6655bb
  };

  /** Steps of the scale of wrong shares. */
  static final int SHARES = 101;

  private Palette() {}

  static int kernel(int index) {
    // Beyond the scheme: the same colours, darker each time round.
    int colour = KERNELS[index % KERNELS.length];
    int round = Math.min(index / KERNELS.length, 3);
    return mix(colour, 0, 0.25 * round);
  }

  /** White for none; glaring from the first percent. */
  static int wrong(int percent) {
    return percent == 0 ? 0xffffff : mix(0xff5ccd, 0x8a0030, percent / 100.0);
  }

  static int mix(int from, int to, double share) {
    int mixed = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      int a = from >> shift & 0xff;
      int b = to >> shift & 0xff;
      mixed |= (int) Math.round(a + (b - a) * share) << shift;
    }
    return mixed;
  }

  static String css(int rgb) {
    return String.format("#%06x", rgb);
  }
}
