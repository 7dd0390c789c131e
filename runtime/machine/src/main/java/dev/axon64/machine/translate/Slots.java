package dev.axon64.machine.translate;

import dev.axon64.codegen.isa.ir.Node;
import dev.axon64.codegen.isa.ir.Nodes;
import java.util.HashSet;
import java.util.Set;

/** Which slots a block touches. */
final class Slots {
  private final Set<Integer> slots = new HashSet<>();

  private Slots() {}

  /** Slots whose values at the beginning it may read. */
  static Set<Integer> read(Block block) {
    Slots found = new Slots();
    block.definitions().values().forEach(found::node);
    block.slots().values().forEach(found::node);
    for (Step step : block.steps()) {
      step.reads().forEach(found::node);
      step.leaves().ifPresent(exit -> exit.flags().values().forEach(found::node));
    }
    block.end().reads().forEach(found::node);
    return found.slots;
  }

  /** Slots that it may have changed wherever it is left. */
  static Set<Integer> written(Block block) {
    Set<Integer> slots = new HashSet<>(block.slots().keySet());
    for (Step step : block.steps()) {
      step.leaves().ifPresent(exit -> slots.addAll(exit.flags().keySet()));
      if (step instanceof Step.Assign assign) {
        slots.addAll(assign.slots().keySet());
      }
    }
    return slots;
  }

  private void node(Node node) {
    if (node instanceof Node.Local local && local.id() < 0) {
      slots.add(Block.slot(local));
    }
    Nodes.operands(node).forEach(this::node);
  }
}
