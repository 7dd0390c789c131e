package dev.axon64.codegen.isa.elaborate;

import dev.axon64.codegen.isa.elaborate.Value.Bits;
import dev.axon64.codegen.isa.ir.DeadCode;
import dev.axon64.codegen.isa.ir.Effect;
import dev.axon64.codegen.isa.ir.Node;
import dev.axon64.codegen.isa.ir.SharedFunction;
import dev.axon64.codegen.isa.ir.Shortcut;
import dev.axon64.codegen.isa.syntax.Declaration;
import dev.axon64.codegen.isa.syntax.Expression;
import dev.axon64.codegen.isa.syntax.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A call of a shared function. The function is generated once for all calls whose numbers and
 * widths agree; these make its name.
 */
final class SharedCall {
  private final Context context;
  private final Declaration.Function function;
  private final Position at;

  /** The arguments by the parameters' names, and the widths that they give. */
  private final Scope arguments;

  private final Context body;
  private final Scope bodyScope = new Scope(null);
  private final List<Node.Local> parameters = new ArrayList<>();
  private final List<Node> passed = new ArrayList<>();
  private final StringBuilder name;

  SharedCall(Context context, Declaration.Function function, Scope arguments, Position at) {
    this.context = context;
    this.function = function;
    this.arguments = arguments;
    this.at = at;
    this.body = new Context(context.globals);
    this.name = new StringBuilder(function.name());
  }

  /** Whether all arguments are known while the spec is read. */
  boolean isKnown() {
    return function.parameters().stream()
        .map(this::argument)
        .allMatch(value -> !(value instanceof Bits bits) || bits.known());
  }

  /** Emits the call and returns its value. */
  Value value() {
    function.parameters().forEach(this::pass);
    SharedFunction made = context.globals.made(name.toString(), function).orElseGet(this::made);
    if (FaultOrder.mayFault(made.body())) {
      context.mayFault(at);
    }
    if (made.result().isEmpty()) {
      context.emit(new Effect.Call(Optional.empty(), made, passed));
      return new Value.Nothing();
    }
    Node.Local result = context.local(made.result().get().width(), function.name());
    context.emit(new Effect.Call(Optional.of(result), made, passed));
    return Bits.of(result);
  }

  private Value argument(Declaration.Parameter parameter) {
    return arguments.find(parameter.name()).orElseThrow().value;
  }

  private void pass(Declaration.Parameter parameter) {
    Value value = argument(parameter);
    if (value instanceof Value.Number n) {
      name.append('_').append(n.value() < 0 ? "m" + -n.value() : n.value());
      bodyScope.add(new Scope.Variable(parameter.name(), true, value));
      return;
    }
    Node node = context.keep(parameter.name(), value.asNode(at));
    name.append('_').append(node.width());
    Node.Local local = body.local(node.width(), parameter.name());
    parameters.add(local);
    passed.add(node);
    bodyScope.add(new Scope.Variable(parameter.name(), true, Bits.of(local)));
    if (parameter.width().orElse(null) instanceof Expression.Name width
        && arguments.find(width.text()).isPresent()) {
      bodyScope.add(new Scope.Variable(width.text(), false, Value.number(node.width())));
    }
  }

  private SharedFunction made() {
    body.scope = bodyScope;
    body.shared = true;
    body.depth = context.depth;
    Value result = Calls.run(body, function, at);
    Optional<Node> node =
        result instanceof Value.Nothing
            ? Optional.empty()
            : Optional.of(result.asNode(function.at()));
    SharedFunction made =
        new SharedFunction(
            name.toString(),
            parameters,
            function.shortcut().map(this::shortcut),
            DeadCode.removed(body.out, node),
            node);
    context.globals.add(made, function);
    return made;
  }

  private Shortcut shortcut(Declaration.Shortcut shortcut) {
    List<Node.GetState> registers = new ArrayList<>();
    for (String register : shortcut.registers()) {
      Declaration.State state =
          context
              .globals
              .find(register, Declaration.State.class)
              .filter(found -> found.count() == 0 && found.width() <= Long.SIZE)
              .orElseThrow(
                  () ->
                      shortcut
                          .at()
                          .error(register + " is no single register; declare it as state"));
      registers.add(new Node.GetState(state.width(), register));
    }
    return new Shortcut(shortcut.name(), registers);
  }
}
