package dev.axon64.metal.jit;

import java.lang.invoke.VarHandle;

/** The accesses of generated code to floats in memory, made as {@link Memory} makes the others. */
public final class FloatMemory {
  private static final VarHandle SHORTS = Memory.view(short[].class);
  private static final VarHandle FLOATS = Memory.view(float[].class);

  private FloatMemory() {}

  public static float getFloat(byte[] b, long o) {
    try {
      return (float) FLOATS.get(b, Memory.narrow(o));
    } catch (IndexOutOfBoundsException | NullPointerException e) {
      throw Fault.access(b, o, 4);
    }
  }

  public static void putFloat(byte[] b, long o, float v) {
    try {
      FLOATS.set(b, Memory.narrow(o), v);
    } catch (IndexOutOfBoundsException | NullPointerException e) {
      throw Fault.access(b, o, 4);
    }
  }

  public static float getFloat(byte[] b, int o) {
    try {
      return (float) FLOATS.get(b, o);
    } catch (IndexOutOfBoundsException | NullPointerException e) {
      throw Fault.access(b, o, 4);
    }
  }

  public static void putFloat(byte[] b, int o, float v) {
    try {
      FLOATS.set(b, o, v);
    } catch (IndexOutOfBoundsException | NullPointerException e) {
      throw Fault.access(b, o, 4);
    }
  }

  public static float getHalf(byte[] b, long o) {
    try {
      return Float.float16ToFloat((short) SHORTS.get(b, Memory.narrow(o)));
    } catch (IndexOutOfBoundsException | NullPointerException e) {
      throw Fault.access(b, o, 2);
    }
  }

  public static void putHalf(byte[] b, long o, float v) {
    try {
      SHORTS.set(b, Memory.narrow(o), Float.floatToFloat16(v));
    } catch (IndexOutOfBoundsException | NullPointerException e) {
      throw Fault.access(b, o, 2);
    }
  }

  public static float getHalf(byte[] b, int o) {
    try {
      return Float.float16ToFloat((short) SHORTS.get(b, o));
    } catch (IndexOutOfBoundsException | NullPointerException e) {
      throw Fault.access(b, o, 2);
    }
  }

  public static void putHalf(byte[] b, int o, float v) {
    try {
      SHORTS.set(b, o, Float.floatToFloat16(v));
    } catch (IndexOutOfBoundsException | NullPointerException e) {
      throw Fault.access(b, o, 2);
    }
  }

  public static float getBfloat(byte[] b, long o) {
    try {
      return Float.intBitsToFloat((short) SHORTS.get(b, Memory.narrow(o)) << 16);
    } catch (IndexOutOfBoundsException | NullPointerException e) {
      throw Fault.access(b, o, 2);
    }
  }

  public static void putBfloat(byte[] b, long o, float v) {
    try {
      SHORTS.set(b, Memory.narrow(o), (short) (Float.floatToRawIntBits(v) >>> 16));
    } catch (IndexOutOfBoundsException | NullPointerException e) {
      throw Fault.access(b, o, 2);
    }
  }

  public static float getBfloat(byte[] b, int o) {
    try {
      return Float.intBitsToFloat((short) SHORTS.get(b, o) << 16);
    } catch (IndexOutOfBoundsException | NullPointerException e) {
      throw Fault.access(b, o, 2);
    }
  }

  public static void putBfloat(byte[] b, int o, float v) {
    try {
      SHORTS.set(b, o, (short) (Float.floatToRawIntBits(v) >>> 16));
    } catch (IndexOutOfBoundsException | NullPointerException e) {
      throw Fault.access(b, o, 2);
    }
  }
}
