package dev.axon64.metal.jit;

/**
 * Atomic functions on byte arrays. The JVM offers no atomic access to them, so each function holds
 * one of a fixed number of locks, picked by the offset: all accesses to one place hold the same
 * lock.
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
      return FloatMemory.getFloat(b, o);
    }
  }

  private interface IntUpdate {
    int apply(int old, int value);
  }

  private interface LongUpdate {
    long apply(long old, long value);
  }

  private interface FloatUpdate {
    float apply(float old, float value);
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

  private static float updateFloat(byte[] b, long o, float v, FloatUpdate f) {
    synchronized (lock(o)) {
      float old = FloatMemory.getFloat(b, o);
      FloatMemory.putFloat(b, o, f.apply(old, v));
      return old;
    }
  }

  public static float exchange(byte[] b, long o, float v) {
    return updateFloat(b, o, v, (old, value) -> value);
  }

  public static float add(byte[] b, long o, float v) {
    return updateFloat(b, o, v, Float::sum);
  }

  public static float sub(byte[] b, long o, float v) {
    return updateFloat(b, o, -v, Float::sum);
  }

  public static float min(byte[] b, long o, float v) {
    return updateFloat(b, o, v, FloatFunctions::min);
  }

  public static float max(byte[] b, long o, float v) {
    return updateFloat(b, o, v, FloatFunctions::max);
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
    return updateInt(b, o, v, IntFunctions::minU);
  }

  public static long minU(byte[] b, long o, long v) {
    return updateLong(b, o, v, LongFunctions::minU);
  }

  public static int maxU(byte[] b, long o, int v) {
    return updateInt(b, o, v, IntFunctions::maxU);
  }

  public static long maxU(byte[] b, long o, long v) {
    return updateLong(b, o, v, LongFunctions::maxU);
  }

  /**
   * Stores {@code desired} and gives 1 if the place holds what {@code e} points at; otherwise
   * stores what the place holds there and gives 0.
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

  /** Compares and exchanges 64 bits. */
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

  /** Compares and exchanges floats, which are compared by value. */
  public static int compareExchange(byte[] b, long o, byte[] e, long eo, float desired) {
    synchronized (lock(o)) {
      float old = FloatMemory.getFloat(b, o);
      if (old == FloatMemory.getFloat(e, eo)) {
        FloatMemory.putFloat(b, o, desired);
        return 1;
      }
      FloatMemory.putFloat(e, eo, old);
      return 0;
    }
  }
}
