package dev.axon64.machine.translate;

import dev.axon64.codegen.isa.ir.Node;
import dev.axon64.codegen.isa.ir.Nodes;
import java.util.HashMap;
import java.util.Map;

/** How often a block's locals are read: by what the block does, and where it is left. */
final class Uses {
  private final Block block;
  private final Map<Integer, Integer> counts = new HashMap<>();

  /** The same for where the block is left in its middle. */
  private final Map<Integer, Integer> leaving = new HashMap<>();

  Uses(Block block) {
    this.block = block;
    block.slots().values().forEach(this::read);
    block.end().reads().forEach(this::read);
    for (Step step : block.steps()) {
      step.reads().forEach(this::read);
      step.leaves().ifPresent(this::leave);
    }
  }

  private void read(Node node) {
    read(node, counts);
  }

  private void read(Node node, Map<Integer, Integer> counted) {
    if (node instanceof Node.Local local) {
      if (counted.merge(local.id(), 1, Integer::sum) == 1) {
        Node definition = block.definitions().get(local.id());
        if (definition != null) {
          read(definition, counted);
        }
      }
      return;
    }
    Nodes.operands(node).forEach(operand -> read(operand, counted));
  }

  private void leave(Step.Exit exit) {
    exit.flags().values().forEach(value -> read(value, leaving));
  }

  /** Reads by what the block does, not counting where it is left in its middle. */
  int count(Node.Local local) {
    return counts.getOrDefault(local.id(), 0);
  }

  /** Reads for the flags where the block is left in its middle. */
  int leaving(Node.Local local) {
    return leaving.getOrDefault(local.id(), 0);
  }
}
