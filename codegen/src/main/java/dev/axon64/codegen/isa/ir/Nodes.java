package dev.axon64.codegen.isa.ir;

import java.util.List;

/** Walks over trees. */
public final class Nodes {
  private Nodes() {}

  /** A node's operands, in order. */
  public static List<Node> operands(Node node) {
    if (node instanceof Node.Unary n) {
      return List.of(n.operand());
    }
    if (node instanceof Node.Binary n) {
      return List.of(n.left(), n.right());
    }
    if (node instanceof Node.Extract n) {
      return List.of(n.operand());
    }
    if (node instanceof Node.Extend n) {
      return List.of(n.operand());
    }
    if (node instanceof Node.Concat n) {
      return List.of(n.high(), n.low());
    }
    if (node instanceof Node.Select n) {
      return List.of(n.condition(), n.yes(), n.no());
    }
    if (node instanceof Node.GetX n) {
      return List.of(n.index());
    }
    if (node instanceof Node.GetV n) {
      return List.of(n.index());
    }
    return List.of();
  }

  /** The values that an effect reads, without those of its inner blocks. */
  public static List<Node> inputs(Effect effect) {
    if (effect instanceof Effect.Define e) {
      return List.of(e.value());
    }
    if (effect instanceof Effect.Assign e) {
      return List.of(e.value());
    }
    if (effect instanceof Effect.SetX e) {
      return List.of(e.index(), e.value());
    }
    if (effect instanceof Effect.SetV e) {
      return List.of(e.index(), e.low(), e.high());
    }
    if (effect instanceof Effect.SetState e) {
      return List.of(e.value());
    }
    if (effect instanceof Effect.Branch e) {
      return List.of(e.target());
    }
    if (effect instanceof Effect.Load e) {
      return List.of(e.address());
    }
    if (effect instanceof Effect.Store e) {
      return List.of(e.address(), e.value());
    }
    if (effect instanceof Effect.If e) {
      return List.of(e.condition());
    }
    if (effect instanceof Effect.Raise e) {
      return e.arguments();
    }
    if (effect instanceof Effect.Host e) {
      return e.arguments();
    }
    if (effect instanceof Effect.Call e) {
      return e.arguments();
    }
    return List.of();
  }
}
