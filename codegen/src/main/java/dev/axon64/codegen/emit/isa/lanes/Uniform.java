package dev.axon64.codegen.emit.isa.lanes;

import dev.axon64.codegen.isa.ir.Effect;
import dev.axon64.codegen.isa.ir.Node;
import dev.axon64.codegen.isa.ir.Nodes;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds the values that are the same in all lanes because they follow from the word and its
 * address.
 */
final class Uniform {
  private final Set<Integer> locals = new HashSet<>();

  Uniform(List<Effect> effects) {
    collect(effects);
  }

  private void collect(List<Effect> effects) {
    for (Effect effect : effects) {
      if (effect instanceof Effect.Define e && test(e.value())) {
        locals.add(e.local().id());
      } else if (effect instanceof Effect.If e) {
        collect(e.yes());
        collect(e.no());
      }
    }
  }

  boolean test(Node node) {
    if (node instanceof Node.Local local) {
      return locals.contains(local.id());
    }
    if (node instanceof Node.GetX || node instanceof Node.GetV || node instanceof Node.GetState) {
      return false;
    }
    return Nodes.operands(node).stream().allMatch(this::test);
  }

  /** Whether a value follows from the word without any local. */
  static boolean always(Node node) {
    return new Uniform(List.of()).test(node);
  }
}
