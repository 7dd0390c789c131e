package dev.axon64.codegen.isa.ir;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Puts in what is known of one word at one address, and leaves out what cannot happen then. */
public final class Specialiser extends Rewriter {
  private final int word;
  private final long address;
  private final Map<Integer, Node.Const> known = new HashMap<>();

  private Specialiser(int word, long address) {
    this.word = word;
    this.address = address;
  }

  /** The effects of a word's instruction, without fields and pc. */
  public static List<Effect> of(List<Effect> body, int word, long address) {
    return DeadCode.removed(new Specialiser(word, address).block(body));
  }

  @Override
  protected Node node(Node node) {
    return switch (node) {
      case Node.Field n -> Ops.constant(n.width(), (word & 0xffff_ffffL) >>> n.low());
      case Node.Word n -> Ops.constant(n.width(), word);
      case Node.Pc n -> Ops.constant(n.width(), address);
      case Node.Local n -> known.containsKey(n.id()) ? known.get(n.id()) : n;
      default -> super.node(node);
    };
  }

  @Override
  protected List<Effect> block(List<Effect> effects) {
    List<Effect> out = new ArrayList<>();
    for (Effect effect : effects) {
      Effect special = effect(effect);
      if (special instanceof Effect.If e && e.condition() instanceof Node.Const condition) {
        out.addAll(condition.value() != 0 ? e.yes() : e.no());
      } else {
        out.add(special);
      }
    }
    return List.copyOf(out);
  }

  @Override
  protected Effect effect(Effect effect) {
    Effect special = super.effect(effect);
    if (special instanceof Effect.Define e && e.value() instanceof Node.Const value) {
      known.put(e.local().id(), value);
    }
    return special;
  }
}
