package dev.axon64.machine.memory;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Reads and writes little-endian values in the bytes of a page. They need not be aligned, but must
 * lie within the array. {@code getN} gives N bits, zero-extended; {@code putN} takes the low N
 * bits.
 *
 * <p>Every load and store of a guest ends here, so each method is small enough to be inlined even
 * where it is rarely executed.
 */
public final class PageBytes {
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private PageBytes() {}

  public static long get16(byte[] page, int at) {
    return (short) SHORT.get(page, at) & 0xffffL;
  }

  public static long get32(byte[] page, int at) {
    return (int) INT.get(page, at) & 0xffff_ffffL;
  }

  public static long get64(byte[] page, int at) {
    return (long) LONG.get(page, at);
  }

  public static void put16(byte[] page, int at, long value) {
    SHORT.set(page, at, (short) value);
  }

  public static void put32(byte[] page, int at, long value) {
    INT.set(page, at, (int) value);
  }

  public static void put64(byte[] page, int at, long value) {
    LONG.set(page, at, value);
  }
}
