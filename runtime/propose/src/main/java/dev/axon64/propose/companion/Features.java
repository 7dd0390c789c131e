package dev.axon64.propose.companion;

/** What the networks see of code and registers; training reads the same lines. */
public final class Features {
  /** Features of an instruction: its bits, the lowest first. */
  public static final int WORD = 32;

  /** Registers seen: X0 to X30, then SP. */
  public static final int REGISTERS = 32;

  /** Features of all registers: the magnitude of each, then whether each is other than 0. */
  public static final int REGISTER_FILE = 2 * REGISTERS;

  private static final double LN2 = StrictMath.log(2);

  private Features() {}

  /** Writes each word's bits as 0 or 1. */
  public static void window(int[] words, float[] to, int at) {
    int place = at;
    for (int word : words) {
      for (int bit = 0; bit < WORD; bit++) {
        to[place++] = word >>> bit & 1;
      }
    }
  }

  /**
   * Writes {@code sign(x) log2(1 + |x|) / 64} of each register, then whether each is other than 0.
   *
   * @param registers X0 to X30 and SP
   */
  public static void registers(long[] registers, float[] to, int at) {
    for (int i = 0; i < REGISTERS; i++) {
      to[at + i] = (float) magnitude(registers[i]);
      to[at + REGISTERS + i] = registers[i] != 0 ? 1 : 0;
    }
  }

  /** {@code sign(x) log2(1 + |x|) / 64}, the same on every machine. */
  static double magnitude(long x) {
    double size = StrictMath.log1p(Math.abs((double) x)) / LN2 / 64;
    return x < 0 ? -size : size;
  }
}
