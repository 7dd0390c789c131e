package dev.axon64.codegen.emit.isa.clike;

import dev.axon64.codegen.emit.SourceWriter;
import dev.axon64.codegen.isa.ir.Effect;
import dev.axon64.codegen.isa.ir.Node;
import dev.axon64.codegen.isa.ir.Nodes;
import dev.axon64.codegen.isa.ir.SharedFunction;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Prints legal effects as statements. */
public final class CLikeBody {
  private final SourceWriter out;
  private final Dialect dialect;
  private final CLikeExpression expression;

  private CLikeBody(SourceWriter out, Dialect dialect) {
    this.out = out;
    this.dialect = dialect;
    this.expression = new CLikeExpression(dialect);
  }

  /** Prints an instruction's body, which returns the next instruction's address. */
  public static void instruction(SourceWriter out, Dialect dialect, List<Effect> effects) {
    new CLikeBody(out, dialect).instruction(effects);
  }

  /** Prints a shared function's body. */
  public static void function(SourceWriter out, Dialect dialect, SharedFunction function) {
    CLikeBody body = new CLikeBody(out, dialect);
    if (!body.block(function.body())) {
      function.result().ifPresent(node -> body.leave(body.expression.of(node)));
    }
  }

  private void instruction(List<Effect> effects) {
    String following = "pc + " + dialect.literal(Long.SIZE, 4);
    int last = effects.size() - 1;
    if (last >= 0
        && effects.get(last) instanceof Effect.Branch branch
        && !branches(effects.subList(0, last))) {
      if (!block(effects.subList(0, last))) {
        leave(expression.of(branch.target()));
      }
      return;
    }
    boolean branches = branches(effects);
    if (branches) {
      out.line("%s next = %s;", dialect.type(Long.SIZE), following);
    }
    if (!block(effects)) {
      leave(branches ? "next" : following);
    }
  }

  private static boolean branches(List<Effect> effects) {
    return Nodes.any(effects, Effect.Branch.class::isInstance);
  }

  private void leave(String value) {
    out.line("return %s;", value);
  }

  /** Prints a block, and says whether its end cannot be reached. */
  private boolean block(List<Effect> effects) {
    for (Effect effect : effects) {
      if (effect(effect)) {
        return true;
      }
    }
    return false;
  }

  /** Prints an effect, and says whether what follows it cannot be reached. */
  private boolean effect(Effect effect) {
    switch (effect) {
      case Effect.Define e -> define(declared(e.local()), expression.of(e.value()));
      case Effect.Declare e -> out.line("%s;", declared(e.local()));
      case Effect.Assign e -> define(CLikeExpression.name(e.local()), expression.of(e.value()));
      case Effect.SetX e -> general(e);
      case Effect.SetV e -> {
        define(expression.vector(e.index(), 0), expression.of(e.low()));
        define(expression.vector(e.index(), 1), expression.of(e.high()));
      }
      case Effect.SetState e ->
          dialect.setState(out, e.name(), e.value().width(), expression.of(e.value()));
      case Effect.Branch e -> define("next", expression.of(e.target()));
      case Effect.Load e ->
          dialect.load(
              out, declared(e.local()), e.local().width(), e.bytes(), expression.of(e.address()));
      case Effect.Store e ->
          dialect.store(
              out,
              e.value().width(),
              e.bytes(),
              expression.of(e.address()),
              expression.of(e.value()));
      case Effect.If e -> {
        return choice(e);
      }
      case Effect.Undefined e -> {
        dialect.undefined(out);
        return true;
      }
      case Effect.Raise e -> {
        dialect.raise(out, e.trap(), e.arguments().stream().findFirst().map(expression::of));
        return true;
      }
      case Effect.Host e -> {
        return !dialect.host(out, e, e.result().map(this::declared), arguments(e.arguments()));
      }
      case Effect.Call e ->
          dialect.call(out, e, e.result().map(this::declared), arguments(e.arguments()));
    }
    return false;
  }

  private void define(String target, String value) {
    out.line("%s = %s;", target, value);
  }

  private String declared(Node.Local local) {
    return dialect.type(local.width()) + " " + CLikeExpression.name(local);
  }

  private String arguments(List<Node> nodes) {
    return nodes.stream().map(expression::of).collect(Collectors.joining(", "));
  }

  /** Writes no general register 31 but the stack pointer, since the zero register stays zero. */
  private void general(Effect.SetX e) {
    Optional<Long> number =
        e.index() instanceof Node.Const c ? Optional.of(c.value()) : Optional.empty();
    if (!e.stack() && number.isPresent() && number.get() == 31) {
      return;
    }
    define(expression.general(e.index(), e.stack()), expression.of(e.value()));
    if (!e.stack() && number.isEmpty()) {
      define(dialect.general(dialect.index(31), true, false), dialect.literal(Long.SIZE, 0));
    }
  }

  private boolean choice(Effect.If e) {
    String condition = expression.of(e.condition());
    if (e.yes().isEmpty()) {
      out.open("if (!%s)", condition);
      block(e.no());
      out.close();
      return false;
    }
    out.open("if (%s)", condition);
    boolean ends = block(e.yes());
    if (e.no().isEmpty()) {
      out.close();
      return false;
    }
    out.between("else");
    ends &= block(e.no());
    out.close();
    return ends;
  }
}
