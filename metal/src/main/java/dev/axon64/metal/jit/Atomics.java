package dev.axon64.metal.jit;

/**
 * Atomic functions on byte arrays. The JVM offers no atomic access to them, so each goes through
 * one of some locks picked by offset; all atomics of one place share a lock, whatever the array.
 */
public final class Atomics {
  private static final int LOCKS = 64;
  private static final Object[] ALL = new Object[LOCKS];

  static {
    for (int i = 0; i < LOCKS; i++) {
      ALL[i] = new Object();
    }
  }

  private Atomics() {}

  private static Object lock(long offset) {
    return ALL[(int) (offset >>> 2) & (LOCKS - 1)];
  }

  public static int load(byte[] b, long o, int ignored) {
    synchronized (lock(o)) {
      return Memory.getInt(b, o);
    }
  }

  public static long load(byte[] b, long o, long ignored) {
    synchronized (lock(o)) {
      return Memory.getLong(b, o);
    }
  }

  public static float load(byte[] b, long o, float ignored) {
    synchronized (lock(o)) {
      return Memory.getFloat(b, o);
    }
  }

  private interface IntUpdate {
    int apply(int old, int value);
  }

  private interface LongUpdate {
    long apply(long old, long value);
  }

  private static int updateInt(byte[] b, long o, int v, IntUpdate f) {
    synchronized (lock(o)) {
      int old = Memory.getInt(b, o);
      Memory.putInt(b, o, f.apply(old, v));
      return old;
    }
  }

  private static long updateLong(byte[] b, long o, long v, LongUpdate f) {
    synchronized (lock(o)) {
      long old = Memory.getLong(b, o);
      Memory.putLong(b, o, f.apply(old, v));
      return old;
    }
  }

  public static float exchange(byte[] b, long o, float v) {
    synchronized (lock(o)) {
      float old = Memory.getFloat(b, o);
      Memory.putFloat(b, o, v);
      return old;
    }
  }

  public static float add(byte[] b, long o, float v) {
    synchronized (lock(o)) {
      float old = Memory.getFloat(b, o);
      Memory.putFloat(b, o, old + v);
      return old;
    }
  }

  public static float sub(byte[] b, long o, float v) {
    return add(b, o, -v);
  }

  public static float min(byte[] b, long o, float v) {
    synchronized (lock(o)) {
      float old = Memory.getFloat(b, o);
      Memory.putFloat(b, o, BuiltinMath.min(old, v));
      return old;
    }
  }

  public static float max(byte[] b, long o, float v) {
    synchronized (lock(o)) {
      float old = Memory.getFloat(b, o);
      Memory.putFloat(b, o, BuiltinMath.max(old, v));
      return old;
    }
  }

  public static int exchange(byte[] b, long o, int v) {
    return updateInt(b, o, v, (old, value) -> value);
  }

  public static long exchange(byte[] b, long o, long v) {
    return updateLong(b, o, v, (old, value) -> value);
  }

  public static int add(byte[] b, long o, int v) {
    return updateInt(b, o, v, Integer::sum);
  }

  public static long add(byte[] b, long o, long v) {
    return updateLong(b, o, v, Long::sum);
  }

  public static int sub(byte[] b, long o, int v) {
    return updateInt(b, o, v, (old, value) -> old - value);
  }

  public static long sub(byte[] b, long o, long v) {
    return updateLong(b, o, v, (old, value) -> old - value);
  }

  public static int and(byte[] b, long o, int v) {
    return updateInt(b, o, v, (old, value) -> old & value);
  }

  public static long and(byte[] b, long o, long v) {
    return updateLong(b, o, v, (old, value) -> old & value);
  }

  public static int or(byte[] b, long o, int v) {
    return updateInt(b, o, v, (old, value) -> old | value);
  }

  public static long or(byte[] b, long o, long v) {
    return updateLong(b, o, v, (old, value) -> old | value);
  }

  public static int xor(byte[] b, long o, int v) {
    return updateInt(b, o, v, (old, value) -> old ^ value);
  }

  public static long xor(byte[] b, long o, long v) {
    return updateLong(b, o, v, (old, value) -> old ^ value);
  }

  public static int min(byte[] b, long o, int v) {
    return updateInt(b, o, v, Math::min);
  }

  public static long min(byte[] b, long o, long v) {
    return updateLong(b, o, v, Math::min);
  }

  public static int max(byte[] b, long o, int v) {
    return updateInt(b, o, v, Math::max);
  }

  public static long max(byte[] b, long o, long v) {
    return updateLong(b, o, v, Math::max);
  }

  public static int minU(byte[] b, long o, int v) {
    return updateInt(b, o, v, BuiltinMath::minU);
  }

  public static long minU(byte[] b, long o, long v) {
    return updateLong(b, o, v, BuiltinMath::minU);
  }

  public static int maxU(byte[] b, long o, int v) {
    return updateInt(b, o, v, BuiltinMath::maxU);
  }

  public static long maxU(byte[] b, long o, long v) {
    return updateLong(b, o, v, BuiltinMath::maxU);
  }

  /**
   * Stores {@code desired} if the place holds what {@code e} points at; else tells what it holds.
   */
  public static int compareExchange(byte[] b, long o, byte[] e, long eo, int desired) {
    synchronized (lock(o)) {
      int old = Memory.getInt(b, o);
      if (old == Memory.getInt(e, eo)) {
        Memory.putInt(b, o, desired);
        return 1;
      }
      Memory.putInt(e, eo, old);
      return 0;
    }
  }

  /** As above for 64 bits. */
  public static int compareExchange(byte[] b, long o, byte[] e, long eo, long desired) {
    synchronized (lock(o)) {
      long old = Memory.getLong(b, o);
      if (old == Memory.getLong(e, eo)) {
        Memory.putLong(b, o, desired);
        return 1;
      }
      Memory.putLong(e, eo, old);
      return 0;
    }
  }

  /** As above for floats, compared by value. */
  public static int compareExchange(byte[] b, long o, byte[] e, long eo, float desired) {
    synchronized (lock(o)) {
      float old = Memory.getFloat(b, o);
      if (old == Memory.getFloat(e, eo)) {
        Memory.putFloat(b, o, desired);
        return 1;
      }
      Memory.putFloat(e, eo, old);
      return 0;
    }
  }
}
