package dev.axon64.machine.translate;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where a region can be entered: at its beginning, at the heads of its outermost loops, and where
 * calls of its own function return to. The latter are entered through the place where all returns
 * meet, so that the loop of returns has one head.
 */
final class Entrances {
  private final List<Block> heads;
  private final SortedMap<Long, Integer> returns = new TreeMap<>();

  Entrances(List<Block> blocks, LoopHeads loops) {
    heads = loops.outermost();
    for (Block block : blocks) {
      if (block.end() instanceof End.Return) {
        returns.putAll(block.leads());
      }
    }
  }

  /** Those at the beginning of a block, the region's first. */
  List<Block> heads() {
    return heads;
  }

  /** The numbers of the blocks behind calls of the region's own function, by their addresses. */
  SortedMap<Long, Integer> returns() {
    return returns;
  }

  /** The addresses of all by their numbers: first those of blocks. */
  List<Long> addresses() {
    List<Long> addresses = new ArrayList<>(heads.stream().map(Block::start).toList());
    addresses.addAll(returns.keySet());
    return addresses;
  }
}
