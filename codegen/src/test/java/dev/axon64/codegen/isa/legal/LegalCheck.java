package dev.axon64.codegen.isa.legal;

import dev.axon64.codegen.isa.ir.BinaryOp;
import dev.axon64.codegen.isa.ir.Effect;
import dev.axon64.codegen.isa.ir.Effects;
import dev.axon64.codegen.isa.ir.Node;
import dev.axon64.codegen.isa.ir.Nodes;
import dev.axon64.codegen.isa.ir.SharedFunction;
import dev.axon64.codegen.isa.ir.UnaryOp;
import java.util.List;
import java.util.Set;

/** Whether nodes are those that {@link Legaliser} promises. */
final class LegalCheck {
  private static final Set<BinaryOp> OF_TRUTHS = Set.of(BinaryOp.AND, BinaryOp.OR, BinaryOp.XOR);

  private LegalCheck() {}

  static void check(SharedFunction function) {
    function.parameters().forEach(LegalCheck::check);
    check(function.body());
    function.result().ifPresent(LegalCheck::check);
  }

  static void check(List<Effect> effects) {
    Nodes.any(
        effects,
        effect -> {
          Nodes.inputs(effect).forEach(LegalCheck::check);
          Effects.filled(effect).ifPresent(LegalCheck::check);
          switch (effect) {
            case Effect.Define e -> equal(e.local().width(), e.value().width(), effect);
            case Effect.Assign e -> equal(e.local().width(), e.value().width(), effect);
            case Effect.SetX e -> equal(32, e.index().width(), effect);
            case Effect.SetV e -> equal(32, e.index().width(), effect);
            case Effect.Raise e -> e.arguments().forEach(a -> equal(64, a.width(), effect));
            case Effect.Host e -> e.arguments().forEach(a -> equal(64, a.width(), effect));
            case Effect.Call e -> {
              for (int i = 0; i < e.arguments().size(); i++) {
                equal(
                    e.function().parameters().get(i).width(), e.arguments().get(i).width(), effect);
              }
            }
            default -> {}
          }
          return false;
        });
  }

  private static void equal(int expected, int actual, Object of) {
    if (expected != actual) {
      throw new AssertionError(actual + " bits where " + expected + " belong: " + of);
    }
  }

  static void check(Node node) {
    int width = node.width();
    if (width != 1 && width != 32 && width != 64) {
      throw new AssertionError("of " + width + " bits: " + node);
    }
    boolean legal =
        switch (node) {
          case Node.Const n -> true;
          case Node.Word n -> true;
          case Node.Local n -> true;
          case Node.GetState n -> true;
          case Node.Pc n -> true;
          case Node.GetX n -> n.index().width() == 32;
          case Node.GetV n -> n.index().width() == 32;
          case Node.Unary n -> n.operand().width() == width && (width > 1 || n.op() == UnaryOp.NOT);
          case Node.Binary n -> binary(n);
          case Node.Extend n -> width == 64 && n.operand().width() == 32;
          case Node.Extract n -> width == 32 && n.low() == 0 && n.operand().width() == 64;
          case Node.Select n ->
              n.condition().width() == 1 && n.yes().width() == width && n.no().width() == width;
          case Node.Field n -> false;
          case Node.Concat n -> false;
        };
    if (!legal) {
      throw new AssertionError("not legal: " + node);
    }
    Nodes.operands(node).forEach(LegalCheck::check);
  }

  private static boolean binary(Node.Binary n) {
    int from = n.left().width();
    if (n.op().comparison()) {
      return from > 1 && n.right().width() == from;
    }
    if (n.width() != from) {
      return false;
    }
    if (from == 1) {
      return OF_TRUTHS.contains(n.op()) && n.right().width() == 1;
    }
    return n.op().shift() ? n.right().width() > 1 : n.right().width() == from;
  }
}
