package dev.axon64.codegen.isa.elaborate;

import dev.axon64.codegen.isa.elaborate.Value.Bits;
import dev.axon64.codegen.isa.ir.Effect;
import dev.axon64.codegen.isa.ir.Node;
import dev.axon64.codegen.isa.syntax.Position;
import java.util.ArrayList;
import java.util.List;

/**
 * Elaborates an {@code if} whose condition is only known at run time. Where its two sides leave
 * different values in a variable, a local that both sides fill takes their place.
 */
final class RunTimeIf {
  private final Context context;
  private final Position at;

  RunTimeIf(Context context, Position at) {
    this.context = context;
    this.at = at;
  }

  /**
   * An elaborated side.
   *
   * @param values what each variable holds at its end
   * @param ends whether the instruction ends in it on all paths
   * @param branched whether a path leaves it after a branch
   * @param written whether a path leaves it after a write of a register
   */
  private record Side(
      List<Effect> effects, List<Value> values, boolean ends, boolean branched, boolean written) {}

  /**
   * Emits both sides, and lets every variable stand for what it holds after them.
   *
   * @param yes elaborates the side where the condition holds
   */
  void emit(Node condition, Runnable yes, Runnable no) {
    List<Scope.Variable> variables = context.scope.assignable();
    List<Value> before = values(variables);
    boolean branched = context.branched;
    boolean written = context.written;
    Side first = side(yes, variables);
    restore(variables, before);
    context.branched = branched;
    context.written = written;
    Side second = side(no, variables);
    for (int i = 0; i < variables.size(); i++) {
      variables.get(i).value = after(i, variables.get(i), before.get(i), first, second);
    }
    context.emit(
        new Effect.If(condition, List.copyOf(first.effects()), List.copyOf(second.effects())));
    // A side that ends does not lead here, so its writes and branches do not count.
    context.branched = first.branched() || second.branched();
    context.written = first.written() || second.written();
    context.ended = first.ends() && second.ends();
  }

  private Side side(Runnable body, List<Scope.Variable> variables) {
    boolean[] ends = new boolean[1];
    context.conditional++;
    List<Effect> effects =
        context.block(
            () -> {
              body.run();
              ends[0] = context.ended;
            });
    context.conditional--;
    return new Side(
        effects,
        values(variables),
        ends[0],
        context.branched && !ends[0],
        context.written && !ends[0]);
  }

  private Value after(int index, Scope.Variable variable, Value before, Side yes, Side no) {
    Value afterYes = yes.values().get(index);
    Value afterNo = no.values().get(index);
    if (yes.ends()) {
      return onlySide(variable, before, afterNo, no.effects());
    }
    return no.ends()
        ? onlySide(variable, before, afterYes, yes.effects())
        : merge(variable, afterYes, afterNo, yes.effects(), no.effects());
  }

  private static List<Value> values(List<Scope.Variable> variables) {
    List<Value> values = new ArrayList<>();
    variables.forEach(variable -> values.add(variable.value));
    return values;
  }

  private static void restore(List<Scope.Variable> variables, List<Value> values) {
    for (int i = 0; i < variables.size(); i++) {
      variables.get(i).value = values.get(i);
    }
  }

  /** The value after an {@code if} whose other side ends the instruction. */
  private Value onlySide(Scope.Variable variable, Value before, Value after, List<Effect> block) {
    if (before.equals(after) || !(after instanceof Bits bits)) {
      return after;
    }
    Node low = carry(variable.name, bits.low(), block);
    return new Bits(low, bits.high() == null ? null : carry(variable.name, bits.high(), block));
  }

  private Node carry(String name, Node node, List<Effect> block) {
    Node.Local local = context.local(node.width(), name);
    context.emit(new Effect.Declare(local));
    block.add(new Effect.Assign(local, node));
    return local;
  }

  private Value merge(
      Scope.Variable variable, Value yes, Value no, List<Effect> yesBlock, List<Effect> noBlock) {
    if (yes.equals(no)) {
      return yes;
    }
    if (!(yes instanceof Bits a) || !(no instanceof Bits b)) {
      throw at.error(
          "the number '"
              + variable.name
              + "' would depend on a condition at run time; begin it as bits(k, n)");
    }
    if (a.width() != b.width()) {
      throw at.error(
          String.format(
              "'%s' has %d bits after one side and %d after the other; give it a width before",
              variable.name, a.width(), b.width()));
    }
    Node low = merge(variable.name, a.low(), b.low(), yesBlock, noBlock);
    Node high =
        a.high() == null ? null : merge(variable.name, a.high(), b.high(), yesBlock, noBlock);
    return new Bits(low, high);
  }

  private Node merge(String name, Node yes, Node no, List<Effect> yesBlock, List<Effect> noBlock) {
    if (yes.equals(no)) {
      return yes;
    }
    Node.Local local = context.local(yes.width(), name);
    context.emit(new Effect.Declare(local));
    yesBlock.add(new Effect.Assign(local, yes));
    noBlock.add(new Effect.Assign(local, no));
    return local;
  }
}
