package dev.axon64.machine.memory;

import jdk.internal.misc.Unsafe;

/**
 * Little-endian access to bytes that lie in an array or outside the JVM's heap, without a check of
 * bounds: who calls must have checked. A place is an array and a start in it, or no array and an
 * address. {@code getN} gives N bits, zero-extended; {@code putN} takes the low N bits.
 *
 * <p>Memory outside the heap is {@linkplain #available there} only if the JVM exports {@code
 * jdk.internal.misc} to us and runs on a little-endian machine that loads at any address. If not,
 * all places are in arrays, and the JVM checks their bounds.
 */
public final class RawMemory {
  private static final Unsafe UNSAFE = unsafe();

  /** Where an array's first byte is. */
  static final long ARRAY = UNSAFE == null ? 0 : UNSAFE.arrayBaseOffset(byte[].class);

  private RawMemory() {}

  private static Unsafe unsafe() {
    try {
      Unsafe unsafe = Unsafe.getUnsafe();
      return unsafe.unalignedAccess() && !unsafe.isBigEndian() ? unsafe : null;
    } catch (IllegalAccessError e) {
      return null; // not exported to us
    }
  }

  /** Whether there is memory outside the heap. */
  public static boolean available() {
    return UNSAFE != null;
  }

  // Room.

  /**
   * Reserves room, whose contents are undefined and which takes memory only where it is used. It
   * begins with a page of the host: processors copy much slower between places that lie elsewhere
   * in their pages, such as from the host's files.
   *
   * @return its address; 0 if there is none
   */
  static long reserve(long size) {
    try {
      long all = UNSAFE.allocateMemory(size + Page.SIZE);
      long address = (all + Page.SIZE) & -Page.SIZE;
      UNSAFE.putLong(address - Long.BYTES, all);
      return address;
    } catch (OutOfMemoryError e) {
      return 0;
    }
  }

  /** Gives room back that was reserved. */
  static void free(long address) {
    UNSAFE.freeMemory(UNSAFE.getLong(address - Long.BYTES));
  }

  static void copy(byte[] from, long fromStart, byte[] to, long toStart, int length) {
    if (UNSAFE == null) {
      System.arraycopy(from, (int) fromStart, to, (int) toStart, length);
    } else {
      UNSAFE.copyMemory(from, fromStart, to, toStart, length);
    }
  }

  static void clear(long address, long length) {
    UNSAFE.setMemory(address, length, (byte) 0);
  }

  // In an array, or outside the heap. The compiler is told which of them: of a place that may be
  // either it must assume that it is any other one, too.

  static long get8(byte[] bytes, long start) {
    if (UNSAFE == null) {
      return bytes[(int) start] & 0xffL;
    }
    return (bytes != null ? UNSAFE.getByte(bytes, start) : UNSAFE.getByte(start)) & 0xffL;
  }

  static long get16(byte[] bytes, long start) {
    if (UNSAFE == null) {
      return PageBytes.get16(bytes, (int) start);
    }
    return (bytes != null ? UNSAFE.getShort(bytes, start) : UNSAFE.getShort(start)) & 0xffffL;
  }

  static long get32(byte[] bytes, long start) {
    if (UNSAFE == null) {
      return PageBytes.get32(bytes, (int) start);
    }
    return (bytes != null ? UNSAFE.getInt(bytes, start) : UNSAFE.getInt(start)) & 0xffff_ffffL;
  }

  static long get64(byte[] bytes, long start) {
    if (UNSAFE == null) {
      return PageBytes.get64(bytes, (int) start);
    }
    return bytes != null ? UNSAFE.getLong(bytes, start) : UNSAFE.getLong(start);
  }

  static void put8(byte[] bytes, long start, long value) {
    if (UNSAFE == null) {
      bytes[(int) start] = (byte) value;
    } else if (bytes != null) {
      UNSAFE.putByte(bytes, start, (byte) value);
    } else {
      UNSAFE.putByte(start, (byte) value);
    }
  }

  static void put16(byte[] bytes, long start, long value) {
    if (UNSAFE == null) {
      PageBytes.put16(bytes, (int) start, value);
    } else if (bytes != null) {
      UNSAFE.putShort(bytes, start, (short) value);
    } else {
      UNSAFE.putShort(start, (short) value);
    }
  }

  static void put32(byte[] bytes, long start, long value) {
    if (UNSAFE == null) {
      PageBytes.put32(bytes, (int) start, value);
    } else if (bytes != null) {
      UNSAFE.putInt(bytes, start, (int) value);
    } else {
      UNSAFE.putInt(start, (int) value);
    }
  }

  static void put64(byte[] bytes, long start, long value) {
    if (UNSAFE == null) {
      PageBytes.put64(bytes, (int) start, value);
    } else if (bytes != null) {
      UNSAFE.putLong(bytes, start, value);
    } else {
      UNSAFE.putLong(start, value);
    }
  }

  // Outside the heap, for translated code.

  public static int load8(long address) {
    return UNSAFE.getByte(address) & 0xff;
  }

  public static int load16(long address) {
    return UNSAFE.getShort(address) & 0xffff;
  }

  public static int load32(long address) {
    return UNSAFE.getInt(address);
  }

  public static long load64(long address) {
    return UNSAFE.getLong(address);
  }

  public static void store8(long address, int value) {
    UNSAFE.putByte(address, (byte) value);
  }

  public static void store16(long address, int value) {
    UNSAFE.putShort(address, (short) value);
  }

  public static void store32(long address, int value) {
    UNSAFE.putInt(address, value);
  }

  public static void store64(long address, long value) {
    UNSAFE.putLong(address, value);
  }
}
