package dev.axon64.codegen.emit.isa;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import dev.axon64.codegen.isa.ir.Effect;
import dev.axon64.codegen.isa.ir.Node;
import dev.axon64.codegen.isa.ir.SharedFunction;
import java.util.List;

/** Effects as Java statements; see {@link JavaExpression} for what they work on. */
final class JavaBody {
  private static final ClassName TRAP = ClassName.get("dev.axon64.machine.state", "GuestTrap");
  private static final String NEXT = "pc + 4";

  private final CodeBlock.Builder code = CodeBlock.builder();
  private final JavaMachine machine;
  private final JavaExpression expression;
  private final ClassName functions;

  /**
   * @param functions the class that holds the shared functions
   */
  JavaBody(JavaMachine machine, ClassName functions) {
    this.machine = machine;
    this.expression = new JavaExpression(machine);
    this.functions = functions;
  }

  /** An instruction's body, which returns the next instruction's address. */
  CodeBlock instruction(List<Effect> effects) {
    if (!effects.isEmpty() && effects.get(effects.size() - 1) instanceof Effect.Branch last) {
      if (effects.stream().noneMatch(JavaBody::branchesInside)) {
        block(effects.subList(0, effects.size() - 1));
        return code.addStatement("return $L", expression.value(last.target())).build();
      }
    }
    boolean branches =
        effects.stream().anyMatch(e -> e instanceof Effect.Branch || branchesInside(e));
    if (branches) {
      code.addStatement("long next = $L", NEXT);
    }
    if (!block(effects)) {
      code.addStatement("return $L", branches ? "next" : NEXT);
    }
    return code.build();
  }

  /** A shared function's body. */
  CodeBlock function(SharedFunction function) {
    if (!block(function.body())) {
      function
          .result()
          .ifPresent(
              node ->
                  code.addStatement(
                      "return $L",
                      node.width() == 1 ? expression.condition(node) : expression.value(node)));
    }
    return code.build();
  }

  private static boolean branchesInside(Effect effect) {
    return effect instanceof Effect.If e
        && (e.yes().stream().anyMatch(i -> i instanceof Effect.Branch || branchesInside(i))
            || e.no().stream().anyMatch(i -> i instanceof Effect.Branch || branchesInside(i)));
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
      code.addStatement("throw new $T($S, w & 0xffffffffL)", TRAP, "undefined");
      return true;
    }
    if (effect instanceof Effect.Raise e) {
      CodeBlock argument =
          e.arguments().isEmpty() ? CodeBlock.of("0") : expression.value(e.arguments().get(0));
      code.addStatement("throw new $T($S, $L)", TRAP, e.trap(), argument);
      return true;
    }
    simple(effect);
    return false;
  }

  private void simple(Effect effect) {
    if (effect instanceof Effect.Define e) {
      code.addStatement("$L = $L", declared(e.local()), valueFor(e.local(), e.value()));
    } else if (effect instanceof Effect.Declare e) {
      code.addStatement("$L", declared(e.local()));
    } else if (effect instanceof Effect.Assign e) {
      code.addStatement("$L = $L", JavaExpression.name(e.local()), valueFor(e.local(), e.value()));
    } else if (effect instanceof Effect.SetX e) {
      code.addStatement(
          "$L = $L",
          machine.general(expression.generalIndex(e.index(), e.stack())),
          expression.value(e.value()));
      if (!e.stack() && !(e.index() instanceof Node.Const)) {
        code.addStatement("$L = 0", machine.general(CodeBlock.of("31")));
      }
    } else if (effect instanceof Effect.SetV e) {
      code.addStatement(
          "$L = $L",
          machine.vector(expression.vectorIndex(e.index(), 0)),
          expression.value(e.low()));
      code.addStatement(
          "$L = $L",
          machine.vector(expression.vectorIndex(e.index(), 1)),
          expression.value(e.high()));
    } else if (effect instanceof Effect.SetState e) {
      code.addStatement(
          "$L", machine.setState(e.name(), e.value().width(), expression.value(e.value())));
    } else if (effect instanceof Effect.Branch e) {
      code.addStatement("next = $L", expression.value(e.target()));
    } else if (effect instanceof Effect.Load e) {
      code.addStatement(
          "$L = s.memory.load$L($L)",
          declared(e.local()),
          e.bytes() * Byte.SIZE,
          machine.at(expression.value(e.address())));
    } else if (effect instanceof Effect.Store e) {
      code.addStatement(
          "s.memory.store$L($L, $L)",
          e.bytes() * Byte.SIZE,
          machine.at(expression.value(e.address())),
          expression.value(e.value()));
    } else if (effect instanceof Effect.Host e) {
      CodeBlock call =
          CodeBlock.of("$L.$L($L)", machine.host(), e.name(), arguments(e.arguments()));
      result(e.result().orElse(null), call);
    } else if (effect instanceof Effect.Call e) {
      result(e.result().orElse(null), call(e));
    }
  }

  private CodeBlock call(Effect.Call e) {
    CodeBlock.Builder arguments = CodeBlock.builder().add(machine.arguments());
    for (int i = 0; i < e.arguments().size(); i++) {
      arguments.add(", $L", valueFor(e.function().parameters().get(i), e.arguments().get(i)));
    }
    return CodeBlock.of("$T.$L($L)", functions, e.function().name(), arguments.build());
  }

  private void result(Node.Local local, CodeBlock call) {
    if (local == null) {
      code.addStatement("$L", call);
    } else {
      code.addStatement("$L = $L", declared(local), call);
    }
  }

  private CodeBlock arguments(List<Node> nodes) {
    return nodes.stream().map(expression::value).collect(CodeBlock.joining(", "));
  }

  private static String declared(Node.Local local) {
    return type(local) + " " + JavaExpression.name(local);
  }

  /** A local's type. */
  static String type(Node node) {
    return node.width() == 1 ? "boolean" : "long";
  }

  private CodeBlock valueFor(Node.Local local, Node value) {
    return local.width() == 1 ? expression.condition(value) : expression.value(value);
  }

  private boolean choice(Effect.If e) {
    if (e.yes().isEmpty()) {
      code.beginControlFlow("if (!$L)", expression.condition(e.condition()));
      block(e.no());
      code.endControlFlow();
      return false;
    }
    code.beginControlFlow("if ($L)", expression.condition(e.condition()));
    boolean ends = block(e.yes());
    if (e.no().isEmpty()) {
      code.endControlFlow();
      return false;
    }
    code.nextControlFlow("else");
    ends &= block(e.no());
    code.endControlFlow();
    return ends;
  }
}
