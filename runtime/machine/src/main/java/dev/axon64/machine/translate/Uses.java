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
    switch (block.end()) {
      case End.Choose e -> read(e.condition());
      case End.Jump e -> read(e.target());
      case End.Call e -> read(e.target());
      case End.Go e -> {}
      case End.Unable e -> {}
    }
    for (Step step : block.steps().reversed()) {
      step(step);
    }
  }

  private void step(Step step) {
    switch (step) {
      case Step.Compute s -> {}
      case Step.Load s -> {
        read(s.address());
        leave(s.otherwise());
      }
      case Step.Store s -> {
        read(s.address());
        read(s.value());
        leave(s.otherwise());
      }
      case Step.Read s -> {}
      case Step.Write s -> read(s.value());
      case Step.Call s -> s.arguments().forEach(this::read);
      case Step.Kernel s -> s.before().slots().values().forEach(this::read);
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
    exit.slots().values().forEach(value -> read(value, leaving));
  }

  /** Reads by what the block does, not counting where it is left in its middle. */
  int count(Node.Local local) {
    return counts.getOrDefault(local.id(), 0);
  }

  /** Reads for the registers where the block is left in its middle. */
  int leaving(Node.Local local) {
    return leaving.getOrDefault(local.id(), 0);
  }
}
