package dev.axon64.codegen.tensor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Damages bytes reproducibly, by flips, extremes, cuts, insertions, swaps and a format's tokens.
 */
final class Mutator {
  private static final int MOST_CHANGES = 4;
  private static final int LONGEST_CHUNK = 24;

  private static final long[] EXTREMES = {
    0,
    1,
    -1,
    2,
    0x7f,
    0x80,
    0xff,
    0x7fff,
    0x8000,
    0xffff,
    0x10000,
    0x7fffffffL,
    0x80000000L,
    0xffffffffL,
    0x100000000L,
    1L << 62,
    Long.MAX_VALUE,
    Long.MIN_VALUE
  };

  private final Random random;
  private final List<byte[]> tokens;

  /**
   * @param tokens pieces of the format, one character per byte, that are put in here and there
   */
  Mutator(Random random, List<String> tokens) {
    this.random = random;
    this.tokens = tokens.stream().map(t -> t.getBytes(StandardCharsets.ISO_8859_1)).toList();
  }

  /** Changes a copy of {@code original} one to four times. */
  byte[] mutate(byte[] original) {
    byte[] bytes = original.clone();
    // Half are changed once only: more changes are mostly caught by the first check.
    int changes = random.nextBoolean() ? 1 : 1 + random.nextInt(MOST_CHANGES);
    for (int i = 0; i < changes; i++) {
      bytes = bytes.length == 0 ? token() : change(bytes);
    }
    return bytes;
  }

  private byte[] change(byte[] bytes) {
    int at = random.nextInt(bytes.length);
    int end = Math.min(bytes.length, at + 1 + random.nextInt(LONGEST_CHUNK));
    switch (random.nextInt(10)) {
      case 0, 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
      case 2 -> bytes[at] = (byte) random.nextInt();
      case 3, 4 -> extreme(bytes, at);
      case 5 -> bytes = Arrays.copyOf(bytes, at);
      case 6 -> bytes = replace(bytes, at, at, noise());
      case 7 -> bytes = replace(bytes, at, random.nextBoolean() ? at : end, token());
      case 8 -> bytes = replace(bytes, at, end, new byte[0]);
      default -> swap(bytes, at, end);
    }
    return bytes;
  }

  /** An extreme number, or one that has to do with the length, in any width and order. */
  private void extreme(byte[] bytes, int at) {
    long value =
        random.nextInt(4) == 0
            ? bytes.length - at + random.nextInt(3) - 1
            : EXTREMES[random.nextInt(EXTREMES.length)];
    ByteOrder order = random.nextInt(4) == 0 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    int width = 1 << random.nextInt(4);
    byte[] number = ByteBuffer.allocate(8).order(order).putLong(value).array();
    int from = order == ByteOrder.BIG_ENDIAN ? 8 - width : 0;
    System.arraycopy(number, from, bytes, at, Math.min(width, bytes.length - at));
  }

  private void swap(byte[] bytes, int at, int end) {
    int other = random.nextInt(bytes.length - (end - at) + 1);
    byte[] chunk = Arrays.copyOfRange(bytes, at, end);
    System.arraycopy(bytes, other, bytes, at, chunk.length);
    System.arraycopy(chunk, 0, bytes, other, chunk.length);
  }

  private byte[] noise() {
    byte[] noise = new byte[1 + random.nextInt(LONGEST_CHUNK)];
    random.nextBytes(noise);
    return noise;
  }

  private byte[] token() {
    return tokens.isEmpty() ? noise() : tokens.get(random.nextInt(tokens.size()));
  }

  private static byte[] replace(byte[] bytes, int from, int to, byte[] by) {
    return ByteBuffer.allocate(bytes.length - (to - from) + by.length)
        .put(bytes, 0, from)
        .put(by)
        .put(bytes, to, bytes.length - to)
        .array();
  }
}
