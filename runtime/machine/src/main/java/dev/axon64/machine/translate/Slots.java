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
      switch (step) {
        case Step.Compute s -> {}
        case Step.Load s -> {
          found.node(s.address());
          s.otherwise().slots().values().forEach(found::node);
        }
        case Step.Store s -> {
          found.node(s.address());
          found.node(s.value());
          s.otherwise().slots().values().forEach(found::node);
        }
        case Step.Read s -> {}
        case Step.Write s -> found.node(s.value());
        case Step.Call s -> s.arguments().forEach(found::node);
        case Step.Kernel s -> s.before().slots().values().forEach(found::node);
      }
    }
    switch (block.end()) {
      case End.Go e -> {}
      case End.Choose e -> found.node(e.condition());
      case End.Jump e -> found.node(e.target());
      case End.Call e -> found.node(e.target());
      case End.Unable e -> {}
    }
    return found.slots;
  }

  /** Slots that it may have changed wherever it is left. */
  static Set<Integer> written(Block block) {
    Set<Integer> slots = new HashSet<>(block.slots().keySet());
    for (Step step : block.steps()) {
      switch (step) {
        case Step.Load s -> slots.addAll(s.otherwise().slots().keySet());
        case Step.Store s -> slots.addAll(s.otherwise().slots().keySet());
        case Step.Kernel s -> slots.addAll(s.before().slots().keySet());
        case Step.Compute s -> {}
        case Step.Read s -> {}
        case Step.Write s -> {}
        case Step.Call s -> {}
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
