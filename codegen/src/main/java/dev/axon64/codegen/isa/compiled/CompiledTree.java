package dev.axon64.codegen.isa.compiled;

import dev.axon64.codegen.isa.decode.DecodeTree;
import dev.axon64.codegen.isa.decode.Decoder;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A decode tree in ints, of which only a path is read. The first int is the root. A leaf is twice
 * its answer plus 2. A switch is twice the place where it is described plus 1: there stand the
 * lowest bit, the width, what is otherwise, the number of branches, and for each branch in
 * ascending order its value and where it leads.
 */
final class CompiledTree implements Decoder {
  private static final int HEAD = 4;

  private final ByteBuffer bytes;
  private final int begin;

  /**
   * @param begin where the first int stands
   */
  CompiledTree(ByteBuffer bytes, int begin) {
    this.bytes = bytes;
    this.begin = begin;
  }

  static List<Integer> write(DecodeTree tree) {
    List<Integer> ints = new ArrayList<>(List.of(0));
    ints.set(0, add(tree, ints));
    return ints;
  }

  private static int add(DecodeTree tree, List<Integer> ints) {
    return switch (tree) {
      case DecodeTree.Leaf leaf -> 2 * leaf.answer() + 2;
      case DecodeTree.Switch s -> {
        int at = ints.size();
        ints.addAll(List.of(s.low(), s.width(), 0, s.branches().size()));
        Map<Integer, DecodeTree> branches = new TreeMap<>(s.branches());
        branches.keySet().forEach(value -> ints.addAll(List.of(value, 0)));
        ints.set(at + 2, add(s.otherwise(), ints));
        int branch = at + HEAD;
        for (DecodeTree to : branches.values()) {
          ints.set(branch + 1, add(to, ints));
          branch += 2;
        }
        yield 2 * at + 1;
      }
    };
  }

  private int at(int index) {
    return bytes.getInt(begin + index * Integer.BYTES);
  }

  @Override
  public int find(int word) {
    int node = at(0);
    while ((node & 1) != 0) {
      int place = node >> 1;
      node = branch(place, word >>> at(place) & (1 << at(place + 1)) - 1);
    }
    return (node >> 1) - 1;
  }

  private int branch(int place, int value) {
    int low = 0;
    int high = at(place + 3) - 1;
    while (low <= high) {
      int middle = low + high >>> 1;
      int found = at(place + HEAD + 2 * middle);
      if (found == value) {
        return at(place + HEAD + 2 * middle + 1);
      }
      if (found < value) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return at(place + 2);
  }
}
