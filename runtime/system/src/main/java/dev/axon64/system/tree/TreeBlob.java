package dev.axon64.system.tree;

import dev.axon64.codegen.support.InputException;
import java.nio.ByteBuffer;

/** Checks flattened device trees that others wrote, before a kernel is given one. */
public final class TreeBlob {
  /** The most bytes that a kernel takes. */
  private static final int MOST = 2 << 20;

  private final ByteBuffer blob;
  private final String where;

  private TreeBlob(byte[] blob, String where) {
    this.blob = ByteBuffer.wrap(blob);
    this.where = where;
  }

  /**
   * Checks that a tree is whole.
   *
   * @param where what messages call it
   * @throws InputException if it is not
   */
  public static void check(byte[] blob, String where) {
    new TreeBlob(blob, where).check();
  }

  private InputException refusal(String what) {
    return new InputException(where, what + "; compile the device tree again");
  }

  private void check() {
    if (blob.limit() < FlatTree.HEADER || blob.getInt(0) != FlatTree.MAGIC) {
      throw refusal("is no flattened device tree");
    }
    if (blob.getInt(4) > blob.limit() || blob.getInt(4) < FlatTree.HEADER) {
      throw refusal("says that it has another size than it has");
    }
    if (blob.limit() > MOST) {
      throw refusal("has more than 2 MiB, which no kernel takes");
    }
    int start = blob.getInt(8);
    int strings = blob.getInt(12);
    int size = blob.getInt(36);
    int stringSize = blob.getInt(32);
    if (isOutside(start, size) || isOutside(strings, stringSize) || start % 4 != 0) {
      throw refusal("has parts that lie outside it");
    }
    walk(start, start + size, stringSize);
  }

  private boolean isOutside(int start, int size) {
    return start < 0 || size < 0 || (long) start + size > blob.limit();
  }

  private void walk(int start, int end, int strings) {
    int depth = 0;
    int at = start;
    while (at + Integer.BYTES <= end) {
      int token = blob.getInt(at);
      at += Integer.BYTES;
      switch (token) {
        case FlatTree.BEGIN_NODE -> {
          depth++;
          at = up(afterName(at, end));
        }
        case FlatTree.END_NODE -> depth--;
        case FlatTree.PROPERTY -> at = afterProperty(at, end, strings);
        case FlatTree.END -> {
          if (depth != 0) {
            throw refusal("has nodes that do not end");
          }
          return;
        }
        case NOTHING -> {
          // filler
        }
        default -> throw refusal("has the unknown token %d at %d".formatted(token, at));
      }
      if (depth < 0) {
        throw refusal("ends more nodes than it begins");
      }
    }
    throw refusal("does not end");
  }

  private static final int NOTHING = 4;

  private int afterName(int from, int end) {
    int at = from;
    while (at < end && blob.get(at) != 0) {
      at++;
    }
    if (at >= end) {
      throw refusal("has a name that does not end");
    }
    return at + 1;
  }

  private int afterProperty(int at, int end, int strings) {
    if (at + 8 > end) {
      throw refusal("has a property that does not end");
    }
    int length = blob.getInt(at);
    int name = blob.getInt(at + 4);
    if (length < 0 || (long) at + 8 + length > end || name < 0 || name >= strings) {
      throw refusal("has a property that lies outside it");
    }
    return up(at + 8 + length);
  }

  private static int up(int at) {
    return at + 3 & -4;
  }
}
