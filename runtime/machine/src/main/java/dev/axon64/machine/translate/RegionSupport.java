package dev.axon64.machine.translate;

import dev.axon64.machine.memory.PageBytes;

/** What regions call for memory; each method is small enough to be inlined anywhere. */
public final class RegionSupport {
  private static final int IN_PAGE = 4095;

  private RegionSupport() {}

  public static int load8(byte[] page, long a) {
    return page[(int) a & IN_PAGE] & 0xff;
  }

  public static int load16(byte[] page, long a) {
    return (int) PageBytes.get16(page, (int) a & IN_PAGE);
  }

  public static int load32(byte[] page, long a) {
    return (int) PageBytes.get32(page, (int) a & IN_PAGE);
  }

  public static long load64(byte[] page, long a) {
    return PageBytes.get64(page, (int) a & IN_PAGE);
  }

  public static void store8(byte[] page, long a, int value) {
    page[(int) a & IN_PAGE] = (byte) value;
  }

  public static void store16(byte[] page, long a, int value) {
    PageBytes.put16(page, (int) a & IN_PAGE, value);
  }

  public static void store32(byte[] page, long a, int value) {
    PageBytes.put32(page, (int) a & IN_PAGE, value);
  }

  public static void store64(byte[] page, long a, long value) {
    PageBytes.put64(page, (int) a & IN_PAGE, value);
  }
}
