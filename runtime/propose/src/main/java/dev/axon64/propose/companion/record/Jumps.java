package dev.axon64.propose.companion.record;

import dev.axon64.codegen.isa.Meanings;
import dev.axon64.codegen.isa.ir.Effect;
import dev.axon64.codegen.isa.ir.Node;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tells which instructions lead to an address that stands in them, and leave no way back: what
 * closes a loop. Use one per thread.
 */
final class Jumps {
  private static final int LINK = 30;

  private final Meanings meanings;
  private final Map<Integer, Boolean> known = new HashMap<>();

  Jumps(Meanings meanings) {
    this.meanings = meanings;
  }

  /** Whether a word is such an instruction, wherever it stands. */
  boolean contain(int word) {
    return known.computeIfAbsent(
        word, each -> meanings.of(each, 0).map(Jumps::isOne).orElse(false));
  }

  private static boolean isOne(List<Effect> effects) {
    return branches(effects, new HashSet<>()) && effects.stream().noneMatch(Jumps::links);
  }

  private static boolean branches(List<Effect> effects, Set<Node> constants) {
    boolean found = false;
    for (Effect effect : effects) {
      if (effect instanceof Effect.Define define && isConstant(define.value(), constants)) {
        constants.add(define.local());
      } else if (effect instanceof Effect.Branch branch) {
        found |= isConstant(branch.target(), constants);
      } else if (effect instanceof Effect.If choice) {
        found |= branches(choice.yes(), constants) | branches(choice.no(), constants);
      }
    }
    return found;
  }

  private static boolean isConstant(Node node, Set<Node> constants) {
    return node instanceof Node.Const || constants.contains(node);
  }

  private static boolean links(Effect effect) {
    return effect instanceof Effect.SetX set
        && set.index() instanceof Node.Const register
        && register.value() == LINK;
  }
}
