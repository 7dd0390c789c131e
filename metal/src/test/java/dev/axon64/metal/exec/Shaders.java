package dev.axon64.metal.exec;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Helps tests run shaders. */
public final class Shaders {
  private Shaders() {}

  /** A shader of the test resources. */
  public static String resource(String name) {
    try (InputStream in = Shaders.class.getResourceAsStream("/shaders/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Numbers as little-endian bytes, each as wide as its Java type. */
  public static byte[] bytes(Number... numbers) {
    ByteBuffer out = buffer(new byte[numbers.length * 8]);
    for (Number number : numbers) {
      switch (number) {
        case Byte v -> out.put(v);
        case Short v -> out.putShort(v);
        case Integer v -> out.putInt(v);
        case Long v -> out.putLong(v);
        case Float v -> out.putFloat(v);
        default -> throw new IllegalArgumentException(number.getClass().getName());
      }
    }
    byte[] bytes = new byte[out.position()];
    out.get(0, bytes);
    return bytes;
  }

  public static ByteBuffer buffer(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Runs the only kernel over a row of threads; buffers by position. */
  public static void run(String source, int threads, byte[]... buffers) {
    run(source, GridSize.of(threads), RunOptions.defaults().withThreads(2), buffers);
  }

  public static void run(String source, GridSize grid, RunOptions options, byte[]... buffers) {
    MetalProgram program = MetalProgram.compile(source, "test.metal");
    Map<Integer, byte[]> map = new HashMap<>();
    for (int i = 0; i < buffers.length; i++) {
      map.put(i, buffers[i]);
    }
    program.kernel(program.kernelNames().get(0)).run(grid, map, options);
  }

  /** Runs statements that fill {@code out}, an int array, and gives that. */
  public static int[] ints(String declarations, String statements, int count) {
    byte[] out = new byte[count * 4];
    run(
        declarations + "\nkernel void k(device int* out [[buffer(0)]]) {\n" + statements + "\n}\n",
        1,
        out);
    int[] numbers = new int[count];
    buffer(out).asIntBuffer().get(numbers);
    return numbers;
  }

  /** The value of one int expression. */
  public static int value(String expression) {
    return ints("", "out[0] = int(" + expression + ");", 1)[0];
  }
}
