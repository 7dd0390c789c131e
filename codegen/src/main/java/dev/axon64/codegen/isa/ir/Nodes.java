package dev.axon64.codegen.isa.ir;

import java.util.List;
import java.util.function.Predicate;

/** Walks over trees and effects. */
public final class Nodes {
  private Nodes() {}

  /** A node's operands, in order. */
  public static List<Node> operands(Node node) {
    return switch (node) {
      case Node.Const n -> List.of();
      case Node.Field n -> List.of();
      case Node.Word n -> List.of();
      case Node.Local n -> List.of();
      case Node.GetX n -> List.of(n.index());
      case Node.GetV n -> List.of(n.index());
      case Node.GetState n -> List.of();
      case Node.Pc n -> List.of();
      case Node.Operation n -> n.operands();
    };
  }

  /** The values that an effect reads, without those of its inner blocks. */
  public static List<Node> inputs(Effect effect) {
    return switch (effect) {
      case Effect.Define e -> List.of(e.value());
      case Effect.Declare e -> List.of();
      case Effect.Assign e -> List.of(e.value());
      case Effect.SetX e -> List.of(e.index(), e.value());
      case Effect.SetV e -> List.of(e.index(), e.low(), e.high());
      case Effect.SetState e -> List.of(e.value());
      case Effect.Branch e -> List.of(e.target());
      case Effect.Load e -> List.of(e.address());
      case Effect.Store e -> List.of(e.address(), e.value());
      case Effect.If e -> List.of(e.condition());
      case Effect.Undefined e -> List.of();
      case Effect.Raise e -> e.arguments();
      case Effect.Host e -> e.arguments();
      case Effect.Call e -> e.arguments();
    };
  }

  /** Whether an effect, or one in an inner block, is such. Called functions are not looked into. */
  public static boolean any(List<Effect> effects, Predicate<Effect> such) {
    for (Effect effect : effects) {
      if (such.test(effect)
          || effect instanceof Effect.If e && (any(e.yes(), such) || any(e.no(), such))) {
        return true;
      }
    }
    return false;
  }
}
