package dev.axon64.codegen.emit.isa;

import com.palantir.javapoet.CodeBlock;
import dev.axon64.codegen.emit.isa.LaneSteps.Choice;
import dev.axon64.codegen.emit.isa.LaneSteps.Load;
import dev.axon64.codegen.emit.isa.LaneSteps.Loop;
import dev.axon64.codegen.emit.isa.LaneSteps.Same;
import dev.axon64.codegen.emit.isa.LaneSteps.Step;
import dev.axon64.codegen.emit.isa.LaneSteps.Store;
import dev.axon64.codegen.isa.ir.Effect;
import dev.axon64.codegen.isa.ir.Node;
import java.util.List;

/**
 * An instruction's body for all lanes at once: loops over vectors of lanes, in which {@code
 * VectorMask m} says which lanes take part, and between them the memory accesses. Where a condition
 * differs between lanes both sides are done, each under its mask.
 *
 * <p>Targets of branches: {@code taken} collects the lanes that go to {@code target}, which is the
 * same for all of them; targets that differ are written to {@code s.pc}.
 */
final class LaneBody {
  private final List<Effect> effects;
  private final LaneExpression expression;
  private final LaneSteps steps;
  private final CodeBlock.Builder code = CodeBlock.builder();
  private int masks;

  LaneBody(List<Effect> effects) {
    this.effects = effects;
    Uniform uniform = new Uniform(effects);
    this.expression = new LaneExpression(uniform);
    this.steps = new LaneSteps(effects, uniform);
  }

  CodeBlock emit() {
    if (effects.size() == 1
        && effects.get(0) instanceof Effect.Branch b
        && expression.isUniform(b.target())) {
      return code.addStatement("return $L", expression.scalar().value(b.target())).build();
    }
    boolean same = targets(effects, true);
    boolean different = targets(effects, false);
    if (same) {
      code.addStatement("long taken = 0");
      code.addStatement("long target = 0");
    }
    if (different) {
      code.addStatement("long scattered = 0");
    }
    steps(steps.steps());
    if (different) {
      code.addStatement("return s.scatter(mask, scattered, pc + 4)");
    } else if (same) {
      code.addStatement("return s.branch(mask, taken, target, pc + 4)");
    } else {
      code.addStatement("return pc + 4");
    }
    return code.build();
  }

  private void steps(List<Step> list) {
    for (Step step : list) {
      if (step instanceof Loop loop) {
        loop(loop);
      } else if (step instanceof Same same) {
        define(same.effect());
      } else if (step instanceof Load load) {
        code.addStatement(
            "mask = s.memory.load(s, $L, $L, $L, mask, pc)",
            load.effect().bytes(),
            LaneSteps.ADDRESS,
            steps.row(load.effect().local()));
      } else if (step instanceof Store store) {
        code.addStatement(
            "mask = s.memory.store(s, $L, $L, $L, mask, pc)",
            store.effect().bytes(),
            LaneSteps.ADDRESS,
            LaneSteps.VALUE);
      } else if (step instanceof Choice choice) {
        code.beginControlFlow("if ($L)", expression.scalar().condition(choice.condition()));
        steps(choice.yes());
        if (!choice.no().isEmpty()) {
          code.nextControlFlow("else");
          steps(choice.no());
        }
        code.endControlFlow();
      }
    }
  }

  private void loop(Loop loop) {
    code.beginControlFlow("for (int i = 0; i < LaneState.LANES; i += S.length())");
    if (!loop.effects().isEmpty()) {
      code.addStatement(
          "$T<Long> m = $T.fromLong(S, mask >>> i)", LaneExpression.MASK, LaneExpression.MASK);
    }
    for (Node.Local local : steps.imports(loop)) {
      code.addStatement(
          "$T $L = $T.fromArray(S, s.scratch, $L)",
          LaneExpression.LONG_VECTOR,
          JavaExpression.name(local),
          LaneExpression.LONG_VECTOR,
          scratch(steps.row(local)));
    }
    block(loop.effects(), "m");
    loop.results()
        .forEach(
            (row, value) ->
                code.addStatement(
                    "$L.intoArray(s.scratch, $L)", expression.vector(value), scratch(row)));
    code.endControlFlow();
  }

  private static CodeBlock scratch(int row) {
    return CodeBlock.of("$L * LaneState.LANES + i", row);
  }

  /** Whether there are branches to uniform, or to differing targets. */
  private boolean targets(List<Effect> block, boolean same) {
    for (Effect effect : block) {
      if (effect instanceof Effect.Branch b && expression.isUniform(b.target()) == same) {
        return true;
      }
      if (effect instanceof Effect.If e && (targets(e.yes(), same) || targets(e.no(), same))) {
        return true;
      }
    }
    return false;
  }

  private void block(List<Effect> block, String mask) {
    block.forEach(effect -> effect(effect, mask));
  }

  private void effect(Effect effect, String mask) {
    if (effect instanceof Effect.Define e) {
      define(e);
    } else if (effect instanceof Effect.Declare e) {
      if (e.local().width() == 1) {
        code.addStatement(
            "$T<Long> $L = S.maskAll(false)", LaneExpression.MASK, JavaExpression.name(e.local()));
      } else {
        code.addStatement(
            "$T $L = LaneState.ZERO", LaneExpression.LONG_VECTOR, JavaExpression.name(e.local()));
      }
    } else if (effect instanceof Effect.Assign e) {
      assign(e, mask);
    } else if (effect instanceof Effect.SetX e) {
      general(e, mask);
    } else if (effect instanceof Effect.SetV e) {
      store("s.v", expression.scalar().vectorIndex(e.index(), 0), e.low(), mask);
      store("s.v", expression.scalar().vectorIndex(e.index(), 1), e.high(), mask);
    } else if (effect instanceof Effect.SetState e) {
      state(e, mask);
    } else if (effect instanceof Effect.Branch e) {
      branch(e, mask);
    } else if (effect instanceof Effect.If e) {
      choice(e, mask);
    } else {
      throw new IllegalArgumentException("no vector form of " + effect);
    }
  }

  private void define(Effect.Define e) {
    String name = JavaExpression.name(e.local());
    if (expression.isUniform(e.value())) {
      code.addStatement(
          "$L $L = $L",
          JavaBody.type(e.local()),
          name,
          e.local().width() == 1
              ? expression.scalar().condition(e.value())
              : expression.scalar().value(e.value()));
    } else if (e.local().width() == 1) {
      code.addStatement("$T<Long> $L = $L", LaneExpression.MASK, name, expression.mask(e.value()));
    } else {
      code.addStatement(
          "$T $L = $L", LaneExpression.LONG_VECTOR, name, expression.vector(e.value()));
      if (steps.row(e.local()) >= 0) {
        code.addStatement("$L.intoArray(s.scratch, $L)", name, scratch(steps.row(e.local())));
      }
    }
  }

  private void assign(Effect.Assign e, String mask) {
    String name = JavaExpression.name(e.local());
    if (e.local().width() == 1) {
      code.addStatement(
          "$L = $L.andNot($L).or($L.and($L))", name, name, mask, expression.mask(e.value()), mask);
    } else {
      code.addStatement("$L = $L.blend($L, $L)", name, name, expression.vector(e.value()), mask);
    }
  }

  private void general(Effect.SetX e, String mask) {
    if (!e.stack() && e.index() instanceof Node.Const c && c.value() == 31) {
      return;
    }
    CodeBlock row = expression.scalar().generalIndex(e.index(), e.stack());
    if (e.stack() || e.index() instanceof Node.Const) {
      store("s.x", row, e.value(), mask);
      return;
    }
    // Writes to the zero register go to a row that nobody reads.
    store("s.x", CodeBlock.of("LaneState.written($L)", row), e.value(), mask);
  }

  private void store(String array, CodeBlock row, Node value, String mask) {
    code.addStatement(
        "$L.intoArray($L, ($L) * LaneState.LANES + i, $L)",
        expression.vector(value),
        array,
        row,
        mask);
  }

  private void state(Effect.SetState e, String mask) {
    String field = JavaMachine.field(e.name());
    if (e.value().width() == 1) {
      code.addStatement(
          "s.$L = s.$L & ~($L.toLong() << i) | $L.and($L).toLong() << i",
          field,
          field,
          mask,
          expression.mask(e.value()),
          mask);
    } else {
      store("s." + field, CodeBlock.of("0"), e.value(), mask);
    }
  }

  private void branch(Effect.Branch e, String mask) {
    if (expression.isUniform(e.target())) {
      code.addStatement("target = $L", expression.scalar().value(e.target()));
      code.addStatement("taken |= $L.toLong() << i", mask);
    } else {
      code.addStatement("$L.intoArray(s.pc, i, $L)", expression.vector(e.target()), mask);
      code.addStatement("scattered |= $L.toLong() << i", mask);
    }
  }

  private void choice(Effect.If e, String mask) {
    if (expression.isUniform(e.condition())) {
      code.beginControlFlow("if ($L)", expression.scalar().condition(e.condition()));
      block(e.yes(), mask);
      if (!e.no().isEmpty()) {
        code.nextControlFlow("else");
        block(e.no(), mask);
      }
      code.endControlFlow();
      return;
    }
    side(e.yes(), mask, CodeBlock.of("$L.and($L)", mask, expression.mask(e.condition())));
    side(e.no(), mask, CodeBlock.of("$L.andNot($L)", mask, expression.mask(e.condition())));
  }

  private void side(List<Effect> block, String outer, CodeBlock mask) {
    if (block.isEmpty()) {
      return;
    }
    String name = outer + masks++;
    code.beginControlFlow("");
    code.addStatement("$T<Long> $L = $L", LaneExpression.MASK, name, mask);
    block(block, name);
    code.endControlFlow();
  }
}
