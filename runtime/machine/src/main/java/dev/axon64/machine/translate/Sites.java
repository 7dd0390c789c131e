package dev.axon64.machine.translate;

import dev.axon64.codegen.isa.ir.BinaryOp;
import dev.axon64.codegen.isa.ir.Node;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which accesses of a region to memory will probably meet the same range of addresses: those in one
 * way, reading or writing, whose addresses begin with the same register.
 */
final class Sites {
  /** More would only be copied to and fro. */
  private static final int MOST = 24;

  /** The register of an address that is a constant, and of one that was loaded. */
  private static final int CONSTANT = -1;

  private static final int LOADED = -2;

  /** Where accesses are that belong together. */
  private record Key(int register, boolean write) {}

  private final Map<Key, Integer> numbers = new LinkedHashMap<>();

  Sites(List<Block> blocks) {
    for (Block block : blocks) {
      for (Step step : block.steps()) {
        if (step instanceof Step.Load load) {
          add(block, load.address(), false);
        } else if (step instanceof Step.Store store) {
          add(block, store.address(), true);
        }
      }
    }
  }

  private void add(Block block, Node address, boolean write) {
    Key key = new Key(register(block, address), write);
    // Those that are too many share two sites, one that reads and one that writes.
    int number = numbers.size() < MOST ? numbers.size() : MOST + (write ? 1 : 0);
    numbers.putIfAbsent(key, number);
  }

  /** How many there are. */
  int count() {
    return Math.min(numbers.size(), MOST + 2);
  }

  /** Which of them write; a bit each. */
  long writes() {
    long writes = 0;
    for (Map.Entry<Key, Integer> each : numbers.entrySet()) {
      writes |= each.getKey().write() ? 1L << each.getValue() : 0;
    }
    return writes;
  }

  /** The number of the site of an access. */
  int of(Block block, Node address, boolean write) {
    return numbers.get(new Key(register(block, address), write));
  }

  /** The register with which an address begins. */
  private static int register(Block block, Node node) {
    return switch (node) {
      case Node.Const n -> CONSTANT;
      case Node.Local n -> {
        if (n.id() < 0) {
          yield Block.slot(n);
        }
        Node definition = block.definitions().get(n.id());
        yield definition == null ? LOADED : register(block, definition);
      }
      case Node.Binary n -> {
        int left = register(block, n.left());
        yield left == CONSTANT && n.op() == BinaryOp.ADD ? register(block, n.right()) : left;
      }
      case Node.Select n -> register(block, n.yes());
      case Node.Operation n -> register(block, n.operands().getFirst());
      default -> LOADED;
    };
  }
}
