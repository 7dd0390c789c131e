package dev.axon64.codegen.isa.elaborate;

import dev.axon64.codegen.isa.elaborate.Value.Bits;
import dev.axon64.codegen.isa.ir.Effect;
import dev.axon64.codegen.isa.ir.Node;
import dev.axon64.codegen.isa.ir.Nodes;
import dev.axon64.codegen.isa.ir.Ops;
import dev.axon64.codegen.isa.syntax.Declaration;
import dev.axon64.codegen.isa.syntax.Expression;
import dev.axon64.codegen.isa.syntax.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Turns statements into effects. Variables are followed by value: where the two sides of a run-time
 * {@code if} leave different values, a local that both sides fill takes their place.
 */
final class Statements {
  private final Context context;
  private final Expressions expressions;

  Statements(Context context) {
    this.context = context;
    this.expressions = new Expressions(context);
  }

  void block(List<Statement> statements) {
    context.scope = new Scope(context.scope);
    for (Statement statement : statements) {
      if (context.returned != null || context.ended) {
        break;
      }
      statement(statement);
    }
    context.scope = context.scope.outer();
  }

  private void statement(Statement s) {
    context.step(s.at());
    if (s instanceof Statement.Let let) {
      let(let);
    } else if (s instanceof Statement.Var var) {
      declare(var.name(), true, context.keep(var.name(), expressions.value(var.value())), s);
    } else if (s instanceof Statement.Assign assign) {
      assign(assign);
    } else if (s instanceof Statement.If branch) {
      branch(branch);
    } else if (s instanceof Statement.For loop) {
      loop(loop);
    } else if (s instanceof Statement.Branch jump) {
      jump(jump);
    } else if (s instanceof Statement.Undefined) {
      ownWord("undefined", s);
      context.mayFault(s.at());
      context.emit(new Effect.Undefined());
      context.ended = true;
    } else if (s instanceof Statement.Raise raise) {
      raise(raise);
    } else if (s instanceof Statement.Return leave) {
      leave(leave);
    } else {
      Statement.Run run = (Statement.Run) s;
      run(run.call());
    }
  }

  private void run(Expression.Call call) {
    if (Builtins.has(call.function())) {
      throw call.at().error(call.function() + " only gives a value; assign it to something");
    }
    new Calls(context).call(call);
  }

  private void jump(Statement.Branch jump) {
    ownWord("branch", jump);
    if (context.branched) {
      throw jump.at().error("a path to here has branched already; branch once, to a var");
    }
    context.emit(new Effect.Branch(expressions.bits(jump.target(), Long.SIZE).low()));
    context.branched = true;
  }

  /** A shared function serves many instructions and cannot end or lead one. */
  private void ownWord(String what, Statement s) {
    if (context.shared) {
      throw s.at().error(what + " stands in a shared function; leave it to the caller");
    }
  }

  private void leave(Statement.Return leave) {
    if (context.conditional > 0) {
      throw leave.at().error("return stands in a branch chosen at run time; use a var");
    }
    if (context.depth == 0) {
      throw leave.at().error("return stands in an instruction, which gives no value; use if");
    }
    if (context.result == null) {
      throw leave.at().error("the function has no result; add -> and its type behind its head");
    }
    context.returned = context.result.checked(expressions.value(leave.value()), leave.value().at());
  }

  private void raise(Statement.Raise raise) {
    Declaration.Trap trap = context.globals.find(raise.trap(), Declaration.Trap.class);
    if (trap == null) {
      throw raise.at().error("'" + raise.trap() + "' is no trap; declare it with trap");
    }
    List<Value> values = raise.arguments().stream().map(expressions::value).toList();
    List<Node> arguments = new Calls(context).nodes(trap.parameters(), values, raise.at());
    context.mayFault(raise.at());
    context.emit(new Effect.Raise(trap.name(), arguments));
    context.ended = true;
  }

  private void let(Statement.Let let) {
    Value value = expressions.value(let.value());
    if (let.names().size() == 1) {
      String name = let.names().get(0);
      declare(name, false, context.keep(name, value), let);
      return;
    }
    if (!(value instanceof Value.Tuple tuple) || tuple.parts().size() != let.names().size()) {
      throw let.at()
          .error("the value has not " + let.names().size() + " parts; name as many as it has");
    }
    for (int i = 0; i < let.names().size(); i++) {
      String name = let.names().get(i);
      declare(name, false, context.keep(name, ((Value.Tuple) value).parts().get(i)), let);
    }
  }

  private void declare(String name, boolean mutable, Value value, Statement s) {
    if (value instanceof Value.Nothing) {
      throw s.at().error("the call gives no value; add a return to the function, or drop the name");
    }
    if (!context.scope.add(new Scope.Variable(name, mutable, value))) {
      throw s.at().error("'" + name + "' is declared twice in this block; rename one");
    }
  }

  private void assign(Statement.Assign assign) {
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
    Scope.Variable variable = context.scope.find(name.text());
    if (variable == null) {
      Declaration.State state = context.globals.find(name.text(), Declaration.State.class);
      if (name.text().equals("PC")) {
        throw name.at().error("PC is written by branch(target)");
      }
      if (state == null) {
        throw name.at().error("'" + name.text() + "' names no variable here; declare it with var");
      }
      Expressions.checkNamed(state, name.at());
      context.emit(new Effect.SetState(state.name(), expressions.bits(value, state.width()).low()));
      return;
    }
    checkMutable(variable, name);
    Value now = expressions.value(value);
    if (variable.value instanceof Bits before) {
      now = now.asBits(before.width(), name.at());
    }
    variable.value = context.keep(variable.name, now);
  }

  private static void checkMutable(Scope.Variable variable, Expression.Name name) {
    if (!variable.mutable) {
      throw name.at().error("'" + name.text() + "' is fixed; declare it with var");
    }
  }

  private void part(Expression.Slice slice, Expression.Name name, Expression value) {
    Scope.Variable variable = context.scope.find(name.text());
    if (variable == null) {
      throw name.at().error("only a variable's bits can be assigned one by one; assign it whole");
    }
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
    Node index = expressions.index(arguments.get(0));
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
        || Nodes.operands(node).stream().anyMatch(Statements::readsLowerHalf);
  }

  private void memory(Expression.Access target, Expression value) {
    if (target.arguments().size() != 2) {
      throw target.at().error("Mem takes an address and a number of bytes");
    }
    Node address =
        context.keep("address", expressions.bits(target.arguments().get(0), Long.SIZE).low());
    int bytes = expressions.bytes(target.arguments().get(1));
    Bits bits = (Bits) context.keep("stored", expressions.bits(value, bytes * Byte.SIZE));
    context.mayFault(target.at());
    context.emit(new Effect.Store(address, Math.min(bytes, Long.BYTES), bits.low()));
    if (bits.high() != null) {
      context.emit(new Effect.Store(Expressions.second(address), Long.BYTES, bits.high()));
    }
  }

  private void loop(Statement.For loop) {
    int from = expressions.number(loop.from());
    int to = expressions.number(loop.to());
    for (int i = from; i <= to && context.returned == null && !context.ended; i++) {
      context.step(loop.at());
      context.scope = new Scope(context.scope);
      context.scope.add(new Scope.Variable(loop.variable(), false, Value.number(i)));
      block(loop.body());
      context.scope = context.scope.outer();
    }
  }

  private void branch(Statement.If s) {
    Value condition = expressions.value(s.condition());
    Optional<Boolean> known = expressions.known(condition, s.condition().at());
    if (known.isPresent()) {
      block(known.get() ? s.yes() : s.no());
      return;
    }
    Node node = context.keep("condition", condition.asNode(s.at()));
    List<Scope.Variable> variables = context.scope.assignable();
    List<Value> before = values(variables);
    boolean[] ends = new boolean[2];
    boolean branched = context.branched;
    boolean written = context.written;
    context.conditional++;
    List<Effect> yes = side(s.yes(), ends, 0);
    List<Value> afterYes = values(variables);
    restore(variables, before);
    boolean yesBranched = context.branched && !ends[0];
    context.branched = branched;
    boolean yesWritten = context.written && !ends[0];
    context.written = written;
    List<Effect> no = side(s.no(), ends, 1);
    context.conditional--;
    context.branched = yesBranched || context.branched && !ends[1];
    List<Value> afterNo = values(variables);
    for (int i = 0; i < variables.size(); i++) {
      Scope.Variable variable = variables.get(i);
      variable.value =
          ends[0]
              ? onlySide(variable, before.get(i), afterNo.get(i), no)
              : ends[1]
                  ? onlySide(variable, before.get(i), afterYes.get(i), yes)
                  : merge(variable, afterYes.get(i), afterNo.get(i), yes, no, s);
    }
    written = yesWritten || context.written && !ends[1];
    context.emit(new Effect.If(node, List.copyOf(yes), List.copyOf(no)));
    // Not what emit found: a side that ended is not on the way to here.
    context.written = written;
    context.ended = ends[0] && ends[1];
  }

  private List<Effect> side(List<Statement> statements, boolean[] ends, int index) {
    return context.block(
        () -> {
          block(statements);
          ends[index] = context.ended;
        });
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
      Scope.Variable variable,
      Value yes,
      Value no,
      List<Effect> yesBlock,
      List<Effect> noBlock,
      Statement.If s) {
    if (yes.equals(no)) {
      return yes;
    }
    if (!(yes instanceof Bits a) || !(no instanceof Bits b)) {
      throw s.at()
          .error(
              "the number '"
                  + variable.name
                  + "' would depend on a condition at run time; begin it as bits(k, n)");
    }
    if (a.width() != b.width()) {
      throw s.at()
          .error(
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
