package dev.axon64.codegen.isa.elaborate;

import dev.axon64.codegen.isa.elaborate.Value.Bits;
import dev.axon64.codegen.isa.ir.Effect;
import dev.axon64.codegen.isa.ir.Node;
import dev.axon64.codegen.isa.syntax.Declaration;
import dev.axon64.codegen.isa.syntax.Expression;
import dev.axon64.codegen.isa.syntax.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Elaborates calls of built-in, host, inlined and shared functions. */
final class Calls {
  private final Context context;
  private final Expressions expressions;

  Calls(Context context) {
    this.context = context;
    this.expressions = new Expressions(context);
  }

  Value call(Expression.Call call) {
    List<Value> arguments = call.arguments().stream().map(expressions::value).toList();
    Declaration declaration = context.globals.find(call.function()).orElse(null);
    if (declaration instanceof Declaration.Function function) {
      return function.shared()
          ? shared(function, arguments, call.at())
          : inline(function, arguments, call.at());
    }
    if (declaration instanceof Declaration.Host host) {
      return host(host, arguments, call.at());
    }
    return Builtins.call(call.function(), arguments, call.at());
  }

  /** The arguments as bits of their parameters' widths, fixed at this point. */
  List<Node> nodes(List<Declaration.Parameter> parameters, List<Value> arguments, Position at) {
    count(parameters, arguments, at);
    List<Node> nodes = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      Expression width = parameters.get(i).width().orElseThrow();
      nodes.add(
          context.keep(
              parameters.get(i).name(),
              ((Value) arguments.get(i).asBits(expressions.number(width), at)).asNode(at)));
    }
    return nodes;
  }

  private static void count(
      List<Declaration.Parameter> parameters, List<Value> arguments, Position at) {
    if (parameters.size() != arguments.size()) {
      throw at.error(arguments.size() + " values are given; " + parameters.size() + " are needed");
    }
  }

  private Value host(Declaration.Host host, List<Value> arguments, Position at) {
    List<Node> nodes = nodes(host.parameters(), arguments, at);
    if (host.width() == 0) {
      context.emit(new Effect.Host(Optional.empty(), host.name(), nodes));
      return new Value.Nothing();
    }
    Node.Local result = context.local(host.width(), host.name());
    context.emit(new Effect.Host(Optional.of(result), host.name(), nodes));
    return Bits.of(result);
  }

  private Value inline(Declaration.Function function, List<Value> arguments, Position at) {
    Scope caller = context.scope;
    Scope callee = new Scope(null);
    bind(function, arguments, callee, at, true);
    context.scope = callee;
    int conditional = context.conditional;
    context.conditional = 0;
    Value result = run(context, function, at);
    context.conditional = conditional;
    context.scope = caller;
    return context.keep(function.name(), result);
  }

  /** Elaborates a function's body in a context whose scope holds its arguments. */
  static Value run(Context context, Declaration.Function function, Position at) {
    context.enter(function.name(), at);
    Value outer = context.returned;
    ResultType outerResult = context.result;
    context.returned = null;
    Expressions widths = new Expressions(context);
    context.result = function.result().map(type -> ResultType.of(type, widths)).orElse(null);
    new Statements(context).block(function.body());
    if (context.returned == null && context.result != null && !context.ended) {
      throw function.at().error(function.name() + " can end without its result; add a return");
    }
    Value result = context.returned == null ? new Value.Nothing() : context.returned;
    context.returned = outer;
    context.result = outerResult;
    context.depth--;
    return result;
  }

  private void bind(
      Declaration.Function function,
      List<Value> arguments,
      Scope callee,
      Position at,
      boolean keep) {
    count(function.parameters(), arguments, at);
    Scope caller = context.scope;
    for (int i = 0; i < arguments.size(); i++) {
      Declaration.Parameter parameter = function.parameters().get(i);
      context.scope = callee;
      Value argument =
          parameter.width().isEmpty()
              ? Value.number(arguments.get(i).asNumber(at))
              : sized(parameter.width().get(), arguments.get(i), callee, at);
      context.scope = caller;
      Value kept = keep ? context.keep(parameter.name(), argument) : argument;
      callee.add(new Scope.Variable(parameter.name(), true, kept));
    }
  }

  /** An argument in its parameter's width; a name that is not known yet takes its width. */
  private Bits sized(Expression width, Value argument, Scope callee, Position at) {
    if (width instanceof Expression.Name name
        && callee.find(name.text()).isEmpty()
        && context.globals.find(name.text()).isEmpty()) {
      Bits bits = argument.asBits(at);
      callee.add(new Scope.Variable(name.text(), false, Value.number(bits.width())));
      return bits;
    }
    return argument.asBits(expressions.number(width), at);
  }

  private Value shared(Declaration.Function function, List<Value> arguments, Position at) {
    Scope callee = new Scope(null);
    bind(function, arguments, callee, at, false);
    SharedCall call = new SharedCall(context, function, callee, at);
    return call.isKnown() ? inline(function, arguments, at) : call.value();
  }
}
