package dev.axon64.emulator.fuzz;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** Small random changes of inputs, the kinds that AFL's havoc stage stacks. */
final class Mutations {
  private static final byte[] INTERESTING = {-128, -1, 0, 1, 16, 32, 64, 100, 127};
  private static final int MOST_STACKED = 6;
  private static final int MOST_BLOCK = 32;

  private final RandomGenerator random;
  private final int most;

  /**
   * @param most bytes of what comes out
   */
  Mutations(RandomGenerator random, int most) {
    this.random = random;
    this.most = most;
  }

  byte[] of(List<byte[]> corpus) {
    byte[] input = corpus.get(random.nextInt(corpus.size())).clone();
    for (int i = 1 << random.nextInt(MOST_STACKED); i > 0; i--) {
      input = changed(input, corpus);
    }
    return input.length > most ? Arrays.copyOf(input, most) : input;
  }

  private byte[] changed(byte[] input, List<byte[]> corpus) {
    if (input.length == 0) {
      return inserted(input, 0, random(1 + random.nextInt(4)));
    }
    int at = random.nextInt(input.length);
    switch (random.nextInt(8)) {
      case 0 -> input[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> input[at] = (byte) random.nextInt();
      case 2 -> input[at] += (byte) (random.nextInt(71) - 35);
      case 3 -> input[at] = INTERESTING[random.nextInt(INTERESTING.length)];
      case 4 -> {
        return inserted(input, at, random(1 + random.nextInt(4)));
      }
      case 5 -> {
        return removed(input, at, 1 + random.nextInt(Math.min(MOST_BLOCK, input.length - at)));
      }
      case 6 -> {
        int size = 1 + random.nextInt(Math.min(MOST_BLOCK, input.length - at));
        byte[] block = Arrays.copyOfRange(input, at, at + size);
        return inserted(input, random.nextInt(input.length + 1), block);
      }
      default -> {
        byte[] other = corpus.get(random.nextInt(corpus.size()));
        if (other.length > 0) {
          int from = random.nextInt(other.length);
          int size = 1 + random.nextInt(Math.min(MOST_BLOCK, other.length - from));
          return inserted(input, at, Arrays.copyOfRange(other, from, from + size));
        }
      }
    }
    return input;
  }

  private byte[] random(int size) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] inserted(byte[] input, int at, byte[] block) {
    byte[] longer = Arrays.copyOf(input, input.length + block.length);
    System.arraycopy(block, 0, longer, at, block.length);
    System.arraycopy(input, at, longer, at + block.length, input.length - at);
    return longer;
  }

  private static byte[] removed(byte[] input, int at, int size) {
    byte[] shorter = Arrays.copyOf(input, input.length - size);
    System.arraycopy(input, at + size, shorter, at, input.length - at - size);
    return shorter;
  }
}
