package dev.axon64.codegen.isa.elaborate;

import dev.axon64.codegen.isa.elaborate.Value.Bits;
import dev.axon64.codegen.isa.ir.Effect;
import dev.axon64.codegen.isa.ir.Node;
import dev.axon64.codegen.isa.ir.Nodes;
import dev.axon64.codegen.isa.ir.Ops;
import dev.axon64.codegen.isa.syntax.Declaration;
import dev.axon64.codegen.isa.syntax.Expression;
import dev.axon64.codegen.isa.syntax.Statement;
import java.util.List;
import java.util.Optional;

/** Turns assignments to variables, registers and memory into effects. */
final class Assignments {
  private final Context context;
  private final Expressions expressions;
  private final Storage storage;

  Assignments(Context context, Expressions expressions) {
    this.context = context;
    this.expressions = expressions;
    this.storage = new Storage(context, expressions);
  }

  /** Elaborates one assignment. */
  void assign(Statement.Assign assign) {
    Expression target = assign.target();
    if (target instanceof Expression.Access access) {
      store(access, assign.value());
    } else if (target instanceof Expression.Name name) {
      variable(name, assign.value());
    } else if (target instanceof Expression.Slice slice
        && slice.base() instanceof Expression.Name name) {
      part(slice, name, assign.value());
    } else {
      throw target.at().error("this cannot be assigned to; only a variable or a register can");
    }
  }

  private void variable(Expression.Name name, Expression value) {
    Optional<Scope.Variable> found = context.scope.find(name.text());
    if (found.isEmpty()) {
      register(name, value);
      return;
    }
    Scope.Variable variable = found.get();
    checkMutable(variable, name);
    Value now = expressions.value(value);
    if (variable.value instanceof Bits before) {
      now = now.asBits(before.width(), name.at());
    }
    variable.value = context.keep(variable.name, now);
  }

  private void register(Expression.Name name, Expression value) {
    if (name.text().equals("PC")) {
      throw name.at().error("PC is written by branch(target)");
    }
    Declaration.State state =
        context
            .globals
            .find(name.text(), Declaration.State.class)
            .orElseThrow(
                () ->
                    name.at()
                        .error(
                            "'" + name.text() + "' names no variable here; declare it with var"));
    Expressions.checkNamed(state, name.at());
    context.emit(new Effect.SetState(state.name(), expressions.bits(value, state.width()).low()));
  }

  private static void checkMutable(Scope.Variable variable, Expression.Name name) {
    if (!variable.mutable) {
      throw name.at().error("'" + name.text() + "' is fixed; declare it with var");
    }
  }

  private void part(Expression.Slice slice, Expression.Name name, Expression value) {
    Scope.Variable variable =
        context
            .scope
            .find(name.text())
            .orElseThrow(
                () ->
                    name.at()
                        .error(
                            "only a variable's bits can be assigned one by one; assign it whole"));
    checkMutable(variable, name);
    Bits whole = variable.value.asBits(name.at());
    int high = expressions.number(slice.high());
    int low = expressions.number(slice.low());
    Expressions.checkWithin(high, low, whole, slice.at());
    Bits result = (Bits) context.keep(name.text(), expressions.bits(value, high - low + 1));
    if (low > 0) {
      result = Wide.concat(result, Wide.slice(whole, 0, low));
    }
    if (high < whole.width() - 1) {
      result = Wide.concat(Wide.slice(whole, high + 1, whole.width() - 1 - high), result);
    }
    variable.value = result;
  }

  private void store(Expression.Access target, Expression value) {
    List<Expression> arguments = target.arguments();
    if (target.file().equals("Mem")) {
      memory(target, value);
      return;
    }
    if (arguments.size() != 1) {
      throw target.at().error("a register is written whole; give its index alone");
    }
    Node index = storage.index(arguments.get(0));
    Value now = expressions.value(value);
    if (target.file().equals("V")) {
      Bits bits = Wide.extend(now.asBits(value.at()), Value.WIDEST, false);
      // The halves are written one after the other, so the second must not read what the first
      // wrote.
      Node high = readsLowerHalf(bits.high()) ? context.keep("upper", bits.high()) : bits.high();
      context.emit(new Effect.SetV(index, bits.low(), high));
      return;
    }
    Node node = now.asNode(value.at());
    if (node.width() != Integer.SIZE && node.width() != Long.SIZE) {
      throw value.at().error("a general register takes 32 or 64 bits, not " + node.width());
    }
    context.emit(
        new Effect.SetX(index, target.file().equals("XSP"), Ops.extend(Long.SIZE, false, node)));
  }

  private static boolean readsLowerHalf(Node node) {
    return node instanceof Node.GetV part && part.half() == 0
        || Nodes.operands(node).stream().anyMatch(Assignments::readsLowerHalf);
  }

  private void memory(Expression.Access target, Expression value) {
    if (target.arguments().size() != 2) {
      throw target.at().error("Mem takes an address and a number of bytes");
    }
    Node address =
        context.keep("address", expressions.bits(target.arguments().get(0), Long.SIZE).low());
    int bytes = storage.bytes(target.arguments().get(1));
    Bits bits = (Bits) context.keep("stored", expressions.bits(value, bytes * Byte.SIZE));
    context.mayFault(target.at());
    context.emit(new Effect.Store(address, Math.min(bytes, Long.BYTES), bits.low()));
    if (bits.high() != null) {
      context.emit(new Effect.Store(Storage.second(address), Long.BYTES, bits.high()));
    }
  }
}
