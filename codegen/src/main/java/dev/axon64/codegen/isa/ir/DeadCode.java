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
      step(effects.get(i)).ifPresent(kept::add);
    }
    Collections.reverse(kept);
    return kept;
  }

  /** What is left of an effect. */
  private Optional<Effect> step(Effect effect) {
    return switch (effect) {
      case Effect.Define e -> ifRead(e.local(), e);
      case Effect.Declare e -> ifRead(e.local(), e);
      case Effect.Assign e -> ifRead(e.local(), e);
      case Effect.If e -> choice(e);
      case Effect.SetX e -> reading(e);
      case Effect.SetV e -> reading(e);
      case Effect.SetState e -> reading(e);
      case Effect.Branch e -> reading(e);
      case Effect.Load e -> reading(e);
      case Effect.Store e -> reading(e);
      case Effect.Undefined e -> reading(e);
      case Effect.Raise e -> reading(e);
      case Effect.Host e -> reading(e);
      case Effect.Call e -> reading(e);
    };
  }

  private Optional<Effect> ifRead(Node.Local local, Effect effect) {
    return used.get(local.id()) ? reading(effect) : Optional.empty();
  }

  private Optional<Effect> choice(Effect.If e) {
    List<Effect> no = block(e.no());
    List<Effect> yes = block(e.yes());
    if (yes.isEmpty() && no.isEmpty()) {
      return Optional.empty();
    }
    use(e.condition());
    return Optional.of(new Effect.If(e.condition(), yes, no));
  }

  private Optional<Effect> reading(Effect effect) {
    Nodes.inputs(effect).forEach(this::use);
    return Optional.of(effect);
  }

  private void use(Node node) {
    if (node instanceof Node.Local local) {
      used.set(local.id());
    }
    Nodes.operands(node).forEach(this::use);
  }
}
