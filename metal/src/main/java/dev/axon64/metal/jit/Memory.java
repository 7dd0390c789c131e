package dev.axon64.metal.jit;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;

/**
 * The accesses of generated code to memory, those of floats aside: little-endian, at any alignment,
 * checked. Offsets are long where a pointer could hold anything, int where the compiler knows that
 * they fit.
 *
 * @see FloatMemory
 */
public final class Memory {
  private static final VarHandle SHORTS = view(short[].class);
  private static final VarHandle INTS = view(int[].class);
  private static final VarHandle LONGS = view(long[].class);

  private Memory() {}

  static VarHandle view(Class<?> type) {
    return MethodHandles.byteArrayViewVarHandle(type, ByteOrder.LITTLE_ENDIAN);
  }

  /** Refuses what no array reaches; the access itself refuses the rest. */
  static int narrow(long offset) {
    int narrow = (int) offset;
    if (narrow != offset) {
      throw new IndexOutOfBoundsException();
    }
    return narrow;
  }

  public static int getBool(byte[] b, long o) {
    try {
      return b[narrow(o)] != 0 ? 1 : 0;
    } catch (IndexOutOfBoundsException | NullPointerException e) {
      throw Fault.access(b, o, 1);
    }
  }

  public static void putBool(byte[] b, long o, int v) {
    try {
      b[narrow(o)] = (byte) (v != 0 ? 1 : 0);
    } catch (IndexOutOfBoundsException | NullPointerException e) {
      throw Fault.access(b, o, 1);
    }
  }

  public static int getBool(byte[] b, int o) {
    try {
      return b[o] != 0 ? 1 : 0;
    } catch (IndexOutOfBoundsException | NullPointerException e) {
      throw Fault.access(b, o, 1);
    }
  }

  public static void putBool(byte[] b, int o, int v) {
    try {
      b[o] = (byte) (v != 0 ? 1 : 0);
    } catch (IndexOutOfBoundsException | NullPointerException e) {
      throw Fault.access(b, o, 1);
    }
  }

  public static int getByte(byte[] b, long o) {
    try {
      return b[narrow(o)];
    } catch (IndexOutOfBoundsException | NullPointerException e) {
      throw Fault.access(b, o, 1);
    }
  }

  public static void putByte(byte[] b, long o, int v) {
    try {
      b[narrow(o)] = (byte) v;
    } catch (IndexOutOfBoundsException | NullPointerException e) {
      throw Fault.access(b, o, 1);
    }
  }

  public static int getByte(byte[] b, int o) {
    try {
      return b[o];
    } catch (IndexOutOfBoundsException | NullPointerException e) {
      throw Fault.access(b, o, 1);
    }
  }

  public static void putByte(byte[] b, int o, int v) {
    try {
      b[o] = (byte) v;
    } catch (IndexOutOfBoundsException | NullPointerException e) {
      throw Fault.access(b, o, 1);
    }
  }

  public static int getUbyte(byte[] b, long o) {
    try {
      return b[narrow(o)] & 0xff;
    } catch (IndexOutOfBoundsException | NullPointerException e) {
      throw Fault.access(b, o, 1);
    }
  }

  public static int getUbyte(byte[] b, int o) {
    try {
      return b[o] & 0xff;
    } catch (IndexOutOfBoundsException | NullPointerException e) {
      throw Fault.access(b, o, 1);
    }
  }

  public static int getShort(byte[] b, long o) {
    try {
      return (short) SHORTS.get(b, narrow(o));
    } catch (IndexOutOfBoundsException | NullPointerException e) {
      throw Fault.access(b, o, 2);
    }
  }

  public static void putShort(byte[] b, long o, int v) {
    try {
      SHORTS.set(b, narrow(o), (short) v);
    } catch (IndexOutOfBoundsException | NullPointerException e) {
      throw Fault.access(b, o, 2);
    }
  }

  public static int getShort(byte[] b, int o) {
    try {
      return (short) SHORTS.get(b, o);
    } catch (IndexOutOfBoundsException | NullPointerException e) {
      throw Fault.access(b, o, 2);
    }
  }

  public static void putShort(byte[] b, int o, int v) {
    try {
      SHORTS.set(b, o, (short) v);
    } catch (IndexOutOfBoundsException | NullPointerException e) {
      throw Fault.access(b, o, 2);
    }
  }

  public static int getUshort(byte[] b, long o) {
    try {
      return (short) SHORTS.get(b, narrow(o)) & 0xffff;
    } catch (IndexOutOfBoundsException | NullPointerException e) {
      throw Fault.access(b, o, 2);
    }
  }

  public static int getUshort(byte[] b, int o) {
    try {
      return (short) SHORTS.get(b, o) & 0xffff;
    } catch (IndexOutOfBoundsException | NullPointerException e) {
      throw Fault.access(b, o, 2);
    }
  }

  public static int getInt(byte[] b, long o) {
    try {
      return (int) INTS.get(b, narrow(o));
    } catch (IndexOutOfBoundsException | NullPointerException e) {
      throw Fault.access(b, o, 4);
    }
  }

  public static void putInt(byte[] b, long o, int v) {
    try {
      INTS.set(b, narrow(o), v);
    } catch (IndexOutOfBoundsException | NullPointerException e) {
      throw Fault.access(b, o, 4);
    }
  }

  public static int getInt(byte[] b, int o) {
    try {
      return (int) INTS.get(b, o);
    } catch (IndexOutOfBoundsException | NullPointerException e) {
      throw Fault.access(b, o, 4);
    }
  }

  public static void putInt(byte[] b, int o, int v) {
    try {
      INTS.set(b, o, v);
    } catch (IndexOutOfBoundsException | NullPointerException e) {
      throw Fault.access(b, o, 4);
    }
  }

  public static long getLong(byte[] b, long o) {
    try {
      return (long) LONGS.get(b, narrow(o));
    } catch (IndexOutOfBoundsException | NullPointerException e) {
      throw Fault.access(b, o, 8);
    }
  }

  public static void putLong(byte[] b, long o, long v) {
    try {
      LONGS.set(b, narrow(o), v);
    } catch (IndexOutOfBoundsException | NullPointerException e) {
      throw Fault.access(b, o, 8);
    }
  }

  public static long getLong(byte[] b, int o) {
    try {
      return (long) LONGS.get(b, o);
    } catch (IndexOutOfBoundsException | NullPointerException e) {
      throw Fault.access(b, o, 8);
    }
  }

  public static void putLong(byte[] b, int o, long v) {
    try {
      LONGS.set(b, o, v);
    } catch (IndexOutOfBoundsException | NullPointerException e) {
      throw Fault.access(b, o, 8);
    }
  }

  /** Copies bytes; the two places may overlap. */
  public static void copy(byte[] to, long toOffset, byte[] from, long fromOffset, int size) {
    check(to, toOffset, size);
    check(from, fromOffset, size);
    System.arraycopy(from, (int) fromOffset, to, (int) toOffset, size);
  }

  /** Sets bytes to zero. */
  public static void zero(byte[] to, long offset, int size) {
    check(to, offset, size);
    Arrays.fill(to, (int) offset, (int) offset + size, (byte) 0);
  }

  private static void check(byte[] b, long offset, int size) {
    if (b == null || offset < 0 || offset > (long) b.length - size) {
      throw Fault.access(b, offset, size);
    }
  }

  /** Gives the index itself; throws a {@link Fault} if it lies outside the array. */
  public static int index(int index, int count) {
    try {
      return Objects.checkIndex(index, count);
    } catch (IndexOutOfBoundsException e) {
      throw Fault.index(index, count);
    }
  }

  /** Gives a 64-bit index itself; throws a {@link Fault} if it lies outside the array. */
  public static int index(long index, int count) {
    try {
      return (int) Objects.checkIndex(index, (long) count);
    } catch (IndexOutOfBoundsException e) {
      throw Fault.index(index, count);
    }
  }
}
