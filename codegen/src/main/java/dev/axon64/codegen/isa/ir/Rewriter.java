package dev.axon64.codegen.isa.ir;

import java.util.ArrayList;
import java.util.List;

/**
 * Rebuilds trees and effects, folding what becomes known. A pass overrides the methods for what it
 * changes; the rest stays as it is.
 */
public abstract class Rewriter {
  /** What stands for a value. */
  protected Node node(Node node) {
    return switch (node) {
      case Node.Const n -> n;
      case Node.Field n -> n;
      case Node.Word n -> n;
      case Node.Local n -> n;
      case Node.GetState n -> n;
      case Node.Pc n -> n;
      case Node.GetX n -> new Node.GetX(node(n.index()), n.stack());
      case Node.GetV n -> new Node.GetV(node(n.index()), n.half());
      case Node.Operation n -> Ops.mapped(n, this::node);
    };
  }

  /** What stands for a local where it is filled. */
  protected Node.Local local(Node.Local local) {
    return local;
  }

  /** What stands for a shared function where it is called. */
  protected SharedFunction function(SharedFunction function) {
    return function;
  }

  /** What stands for a block. */
  protected List<Effect> block(List<Effect> effects) {
    List<Effect> out = new ArrayList<>();
    effects.forEach(effect -> out.add(effect(effect)));
    return List.copyOf(out);
  }

  /** What stands for an effect. */
  protected Effect effect(Effect effect) {
    return switch (effect) {
      case Effect.Define e -> {
        Node value = node(e.value());
        yield new Effect.Define(local(e.local()), value);
      }
      case Effect.Declare e -> new Effect.Declare(local(e.local()));
      case Effect.Assign e -> new Effect.Assign(local(e.local()), node(e.value()));
      case Effect.SetX e -> new Effect.SetX(node(e.index()), e.stack(), node(e.value()));
      case Effect.SetV e -> new Effect.SetV(node(e.index()), node(e.low()), node(e.high()));
      case Effect.SetState e -> new Effect.SetState(e.name(), node(e.value()));
      case Effect.Branch e -> new Effect.Branch(node(e.target()));
      case Effect.Load e -> new Effect.Load(local(e.local()), node(e.address()), e.bytes());
      case Effect.Store e -> new Effect.Store(node(e.address()), e.bytes(), node(e.value()));
      case Effect.If e -> new Effect.If(node(e.condition()), block(e.yes()), block(e.no()));
      case Effect.Undefined e -> e;
      case Effect.Raise e -> new Effect.Raise(e.trap(), nodes(e.arguments()));
      case Effect.Host e ->
          new Effect.Host(e.result().map(this::local), e.name(), nodes(e.arguments()));
      case Effect.Call e ->
          new Effect.Call(
              e.result().map(this::local), function(e.function()), nodes(e.arguments()));
    };
  }

  /** What stands for each of several values. */
  protected final List<Node> nodes(List<Node> nodes) {
    return nodes.stream().map(this::node).toList();
  }
}
