package dev.axon64.bench.peers;

import dev.axon64.codegen.network.spec.DispatchSpec;
import dev.axon64.codegen.support.InputException;
import java.util.ArrayList;
import java.util.List;

/**
 * A decoder of two tables: bits 31:21 choose among 2,048 entries, which stay in the first-level
 * cache; the few entries that do not decide name a second table on bits 15:11.
 */
public final class TableDecoder implements WordDecoder {
  private static final int FIRST_LOW = 21;
  private static final int SECOND_LOW = 11;
  private static final int SECOND_SIZE = 32;
  private static final int READ = -1 << FIRST_LOW | (SECOND_SIZE - 1) << SECOND_LOW;

  /** A kernel, or -1 less the position of a second table. */
  private final byte[] first = new byte[1 << 32 - FIRST_LOW];

  private final byte[] second;

  /**
   * Fills the tables from the spec's labels.
   *
   * @throws InputException if labels depend on other bits, or need too many second tables
   */
  public TableDecoder(DispatchSpec spec) {
    if ((spec.labelMask() & ~READ) != 0) {
      throw new InputException(
          spec.name(), "labels depend on bits other than 31:21 and 15:11; bench a shipped model");
    }
    List<byte[]> tables = new ArrayList<>();
    for (int top = 0; top < first.length; top++) {
      byte[] table = second(spec, top << FIRST_LOW);
      if (constant(table)) {
        first[top] = table[0];
      } else {
        tables.add(table);
        first[top] = (byte) -tables.size();
      }
    }
    if (tables.size() > Byte.MAX_VALUE || spec.kernels().size() > Byte.MAX_VALUE) {
      throw new InputException(spec.name(), "needs too many tables; bench a shipped model");
    }
    second = new byte[tables.size() * SECOND_SIZE];
    for (int t = 0; t < tables.size(); t++) {
      System.arraycopy(tables.get(t), 0, second, t * SECOND_SIZE, SECOND_SIZE);
    }
  }

  private static byte[] second(DispatchSpec spec, int word) {
    byte[] table = new byte[SECOND_SIZE];
    for (int i = 0; i < SECOND_SIZE; i++) {
      table[i] = (byte) spec.label(word | i << SECOND_LOW);
    }
    return table;
  }

  private static boolean constant(byte[] table) {
    for (byte kernel : table) {
      if (kernel != table[0]) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int kernel(int word) {
    int kernel = first[word >>> FIRST_LOW];
    return kernel >= 0
        ? kernel
        : second[(-1 - kernel) * SECOND_SIZE + (word >>> SECOND_LOW & SECOND_SIZE - 1)];
  }

  @Override
  public void kernels(int[] words, int[] kernels, int from, int to) {
    for (int i = from; i < to; i++) {
      kernels[i] = kernel(words[i]);
    }
  }
}
