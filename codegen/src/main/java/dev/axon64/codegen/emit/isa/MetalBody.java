package dev.axon64.codegen.emit.isa;

import dev.axon64.codegen.emit.dispatch.metal.ShaderWriter;
import dev.axon64.codegen.isa.ir.Effect;
import dev.axon64.codegen.isa.ir.Narrowing;
import dev.axon64.codegen.isa.ir.Node;
import java.util.List;

/**
 * Effects as statements of the Metal Shading Language; see {@link MetalExpression} for what they
 * work on. There are no exceptions: what stops the guest sets {@code s->stop} and returns, and
 * whoever calls something that may stop looks at it.
 */
final class MetalBody {
  private static final String NEXT = "pc + 4ul";

  private final ShaderWriter out;
  private final MetalFacts facts;
  private final GuestLayout layout;

  /** What a stopped function returns. */
  private final String stopped;

  private MetalBody(ShaderWriter out, MetalFacts facts, GuestLayout layout, String stopped) {
    this.out = out;
    this.facts = facts;
    this.layout = layout;
    this.stopped = stopped;
  }

  /** An instruction's body, which returns the next instruction's address, or its own if stopped. */
  static void instruction(
      ShaderWriter out, MetalFacts facts, GuestLayout layout, List<Effect> effects) {
    MetalBody body = new MetalBody(out, facts, layout, "return pc;");
    boolean branches = facts.branches(effects);
    if (branches) {
      out.line("ulong next = %s;", NEXT);
    }
    if (!body.block(effects)) {
      out.line("return %s;", branches ? "next" : NEXT);
    }
  }

  /** A shared function's body. */
  static void function(
      ShaderWriter out, MetalFacts facts, GuestLayout layout, Narrowing.Body function) {
    String stopped =
        function
            .result()
            .map(node -> node.width() == 1 ? "return false;" : "return 0;")
            .orElse("return;");
    MetalBody body = new MetalBody(out, facts, layout, stopped);
    if (!body.block(function.effects())) {
      function.result().ifPresent(node -> out.line("return %s;", MetalExpression.value(node)));
    }
  }

  /** Says whether the block's end cannot be reached. */
  private boolean block(List<Effect> effects) {
    for (Effect effect : effects) {
      if (effect(effect)) {
        return true;
      }
    }
    return false;
  }

  private boolean effect(Effect effect) {
    if (effect instanceof Effect.If e) {
      return choice(e);
    }
    if (effect instanceof Effect.Undefined) {
      stop(GuestLayout.UNDEFINED, "0ul");
      return true;
    }
    if (effect instanceof Effect.Raise e) {
      List<Node> arguments = e.arguments();
      stop(
          layout.stop(e.trap()),
          arguments.isEmpty() ? "0ul" : MetalExpression.number(arguments.get(0), true));
      return true;
    }
    if (effect instanceof Effect.Host e && !MetalHost.knows(e.name())) {
      stop(layout.stop(e.name()), "0ul");
      return true;
    }
    simple(effect);
    return false;
  }

  private void stop(String code, String argument) {
    out.line("a64_stop(s, %s, %s);", code, argument);
    out.line(stopped);
  }

  private void simple(Effect effect) {
    if (effect instanceof Effect.Define e) {
      result(e.local(), MetalExpression.value(e.value()));
    } else if (effect instanceof Effect.Declare e) {
      out.line("%s;", declared(e.local()));
    } else if (effect instanceof Effect.Assign e) {
      out.line("%s = %s;", MetalExpression.name(e.local()), MetalExpression.value(e.value()));
    } else if (effect instanceof Effect.Branch e) {
      out.line("next = %s;", MetalExpression.value(e.target()));
    } else if (effect instanceof Effect.Load e) {
      memoryAccess(
          MetalExpression.format(
              "%s = a64_load%d(s, segments, memory, %s);",
              declared(e.local()), e.bytes() * Byte.SIZE, MetalExpression.value(e.address())));
    } else if (effect instanceof Effect.Store e) {
      memoryAccess(
          MetalExpression.format(
              "a64_store%d(s, segments, memory, %s, %s);",
              e.bytes() * Byte.SIZE,
              MetalExpression.value(e.address()),
              MetalExpression.value(e.value())));
    } else if (effect instanceof Effect.Host e) {
      e.result().ifPresent(local -> result(local, MetalHost.call(e.name())));
    } else if (effect instanceof Effect.Call e) {
      call(e);
    } else {
      register(effect);
    }
  }

  private void register(Effect effect) {
    if (effect instanceof Effect.SetX e) {
      String value = MetalExpression.value(e.value());
      boolean known = e.index() instanceof Node.Const;
      if (known && !e.stack() && ((Node.Const) e.index()).value() == 31) {
        return;
      }
      out.line("s->x[%s] = %s;", MetalExpression.generalIndex(e.index(), e.stack()), value);
      if (!e.stack() && !known) {
        out.line("s->x[31] = 0ul;");
      }
    } else if (effect instanceof Effect.SetV e) {
      out.line(
          "s->v[%s] = %s;",
          MetalExpression.vectorIndex(e.index(), 0), MetalExpression.value(e.low()));
      out.line(
          "s->v[%s] = %s;",
          MetalExpression.vectorIndex(e.index(), 1), MetalExpression.value(e.high()));
    } else if (effect instanceof Effect.SetState e) {
      out.line(
          "s->%s = %s;",
          MetalExpression.field(e.name()),
          MetalExpression.number(e.value(), e.value().width() > Integer.SIZE));
    }
  }

  private void memoryAccess(String statement) {
    out.line("%s", statement);
    leaveIfStopped();
  }

  private void leaveIfStopped() {
    out.open("if (s->stop != 0u)").line(stopped).close();
  }

  private void call(Effect.Call e) {
    StringBuilder call = new StringBuilder("a64_").append(e.function().name()).append("(s");
    if (facts.touchesMemory(e.function())) {
      call.append(", segments, memory");
    }
    for (Node argument : e.arguments()) {
      call.append(", ").append(MetalExpression.value(argument));
    }
    call.append(")");
    if (e.result().isPresent()) {
      result(e.result().get(), call.toString());
    } else {
      out.line("%s;", call);
    }
    if (facts.mayStop(e.function())) {
      leaveIfStopped();
    }
  }

  private void result(Node.Local local, String value) {
    out.line("%s = %s;", declared(local), value);
  }

  private static String declared(Node.Local local) {
    return MetalExpression.type(local.width()) + " " + MetalExpression.name(local);
  }

  private boolean choice(Effect.If e) {
    String condition = MetalExpression.value(e.condition());
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
