package dev.axon64.codegen.isa.elaborate;

import dev.axon64.codegen.isa.ir.Effect;
import dev.axon64.codegen.isa.ir.Node;
import dev.axon64.codegen.isa.syntax.Declaration;
import dev.axon64.codegen.isa.syntax.Expression;
import dev.axon64.codegen.isa.syntax.Statement;
import java.util.List;
import java.util.Optional;

/** Turns statements into effects. A variable stands for the value it holds at that point. */
final class Statements {
  private final Context context;
  private final Expressions expressions;
  private final Assignments assignments;

  Statements(Context context) {
    this.context = context;
    this.expressions = new Expressions(context);
    this.assignments = new Assignments(context, expressions);
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

  private void statement(Statement statement) {
    context.step(statement.at());
    switch (statement) {
      case Statement.Let s -> let(s);
      case Statement.Var s ->
          declare(s.name(), true, context.keep(s.name(), expressions.value(s.value())), s);
      case Statement.Assign s -> assignments.assign(s);
      case Statement.If s -> branch(s);
      case Statement.For s -> loop(s);
      case Statement.Branch s -> jump(s);
      case Statement.Undefined s -> undefined(s);
      case Statement.Raise s -> raise(s);
      case Statement.Return s -> leave(s);
      case Statement.Run s -> run(s.call());
    }
  }

  private void undefined(Statement.Undefined s) {
    ownWord("undefined", s);
    context.mayFault(s.at());
    context.emit(new Effect.Undefined());
    context.ended = true;
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

  /** Refuses what a shared function cannot do, since many instructions call it. */
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
      throw leave.at().error("the function has no result; add -> and its type after its head");
    }
    context.returned = context.result.checked(expressions.value(leave.value()), leave.value().at());
  }

  private void raise(Statement.Raise raise) {
    Declaration.Trap trap =
        context
            .globals
            .find(raise.trap(), Declaration.Trap.class)
            .orElseThrow(
                () -> raise.at().error("'" + raise.trap() + "' is no trap; declare it with trap"));
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
          .error(
              "the value does not have " + let.names().size() + " parts; name as many as it has");
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

  private void branch(Statement.If s) {
    Value condition = expressions.value(s.condition());
    Optional<Boolean> known = expressions.known(condition, s.condition().at());
    if (known.isPresent()) {
      block(known.get() ? s.yes() : s.no());
      return;
    }
    Node node = context.keep("condition", condition.asNode(s.at()));
    new RunTimeIf(context, s.at()).emit(node, () -> block(s.yes()), () -> block(s.no()));
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
}
