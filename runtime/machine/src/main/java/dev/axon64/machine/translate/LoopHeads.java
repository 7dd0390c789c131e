package dev.axon64.machine.translate;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Where the loops of a region begin: the blocks to which later ones lead back. Returns to one of
 * several calls are apart from these: all of them meet in one place, see {@link Entrances}.
 */
final class LoopHeads {
  private final List<Block> blocks;

  /** The numbers of the blocks of each loop, by the number of its head. */
  private final Map<Integer, Set<Integer>> loops = new TreeMap<>();

  /**
   * @param blocks each before those that it leads to where there is no loop
   */
  LoopHeads(List<Block> blocks) {
    this.blocks = blocks;
    List<List<Integer>> before = new ArrayList<>();
    blocks.forEach(block -> before.add(new ArrayList<>()));
    for (Block block : blocks) {
      leads(block).forEach(target -> before.get(target).add(block.number()));
    }
    for (Block block : blocks) {
      for (int target : leads(block)) {
        if (target <= block.number()) {
          add(target, block.number(), before);
        }
      }
    }
  }

  private static Collection<Integer> leads(Block block) {
    return block.end() instanceof End.Return ? List.of() : block.leads().values();
  }

  /** Adds to a loop what leads to the block from which it begins anew. */
  private void add(int head, int last, List<List<Integer>> before) {
    Set<Integer> loop = loops.computeIfAbsent(head, h -> new TreeSet<>(Set.of(h)));
    Deque<Integer> open = new ArrayDeque<>(List.of(last));
    while (!open.isEmpty()) {
      int number = open.poll();
      if (loop.add(number)) {
        open.addAll(before.get(number));
      }
    }
  }

  /** Whether a loop begins with a block. */
  boolean contains(Block block) {
    return loops.containsKey(block.number());
  }

  /**
   * The first block, and where the loops begin that are in no other. The JVM's compilers make
   * little of a loop that can be entered elsewhere than at its head, which goes for the loops
   * around another one if that can be entered, too.
   */
  List<Block> outermost() {
    Set<Integer> entries = new TreeSet<>(Set.of(0));
    for (int head : loops.keySet()) {
      if (loops.entrySet().stream()
          .noneMatch(other -> other.getKey() != head && other.getValue().contains(head))) {
        entries.add(head);
      }
    }
    return entries.stream().map(blocks::get).toList();
  }
}
