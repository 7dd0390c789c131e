package dev.axon64.codegen.isa.ir;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Removes locals that nobody reads. */
public final class DeadCode {
  private final BitSet used = new BitSet();

  private DeadCode() {}

  /** The same effects without what computes unread locals. */
  public static List<Effect> removed(List<Effect> effects) {
    return new DeadCode().block(effects);
  }

  /** As {@link #removed}, for a function's body, whose result is read too. */
  public static List<Effect> removed(List<Effect> effects, Optional<Node> result) {
    DeadCode pass = new DeadCode();
    result.ifPresent(pass::use);
    return pass.block(effects);
  }

  /** Backwards, so that readers are seen before what they read. */
  private List<Effect> block(List<Effect> effects) {
    List<Effect> kept = new ArrayList<>();
    for (int i = effects.size() - 1; i >= 0; i--) {
      Effect effect = step(effects.get(i));
      if (effect != null) {
        kept.add(effect);
      }
    }
    Collections.reverse(kept);
    return kept;
  }

  private boolean read(Node.Local local) {
    return used.get(local.id());
  }

  private Effect step(Effect effect) {
    if (effect instanceof Effect.Define e) {
      if (!read(e.local())) {
        return null;
      }
      use(e.value());
    } else if (effect instanceof Effect.Declare e) {
      return read(e.local()) ? e : null;
    } else if (effect instanceof Effect.Assign e) {
      if (!read(e.local())) {
        return null;
      }
      use(e.value());
    } else if (effect instanceof Effect.If e) {
      List<Effect> no = block(e.no());
      List<Effect> yes = block(e.yes());
      if (yes.isEmpty() && no.isEmpty()) {
        return null;
      }
      use(e.condition());
      return new Effect.If(e.condition(), yes, no);
    } else {
      Nodes.inputs(effect).forEach(this::use);
      return effect;
    }
    return effect;
  }

  private void use(Node node) {
    if (node instanceof Node.Local local) {
      used.set(local.id());
    }
    Nodes.operands(node).forEach(this::use);
  }
}
