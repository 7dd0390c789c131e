package dev.axon64.codegen.emit.isa.lanes;

import dev.axon64.codegen.emit.SourceWriter;
import dev.axon64.codegen.emit.isa.clike.CLikeExpression;
import dev.axon64.codegen.emit.isa.java.JavaDialect;
import dev.axon64.codegen.emit.isa.lanes.LaneSteps.Step;
import dev.axon64.codegen.isa.ir.Effect;
import dev.axon64.codegen.isa.ir.Node;
import dev.axon64.codegen.isa.ir.Nodes;
import java.util.List;

/**
 * Prints an instruction's body for all lanes at once: loops over vectors of lanes, in which {@code
 * VectorMask m} says which lanes take part, and between them the memory accesses. Where a condition
 * differs between lanes both sides are done, each under its mask.
 *
 * <p>Targets of branches: {@code taken} collects the lanes that go to {@code target}, which is the
 * same for all of them; targets that differ are written to {@code s.pc}.
 */
final class LaneBody {
  private final List<Effect> effects;
  private final LaneVectors vectors;
  private final LaneSteps steps;
  private final SourceWriter out = new SourceWriter();
  private int masks;

  private LaneBody(List<Effect> effects) {
    this.effects = effects;
    Uniform uniform = new Uniform(effects);
    this.vectors = new LaneVectors(uniform);
    this.steps = new LaneSteps(effects, uniform);
  }

  /** Prints a body that is legal in {@code WIDE} and has a vector form. */
  static String print(List<Effect> effects) {
    return new LaneBody(effects).text();
  }

  private String text() {
    if (effects.size() == 1
        && effects.get(0) instanceof Effect.Branch b
        && vectors.isUniform(b.target())) {
      return out.line("return %s;", vectors.same(b.target())).toString();
    }
    boolean same = targets(true);
    boolean different = targets(false);
    if (same) {
      out.line("long taken = 0;").line("long target = 0;");
    }
    if (different) {
      out.line("long scattered = 0;");
    }
    steps(steps.steps());
    if (different) {
      out.line("return s.scatter(mask, scattered, pc + 4);");
    } else if (same) {
      out.line("return s.branch(mask, taken, target, pc + 4);");
    } else {
      out.line("return pc + 4;");
    }
    return out.toString();
  }

  /** Whether there are branches to targets that are the same in all lanes, or that differ. */
  private boolean targets(boolean same) {
    return Nodes.any(
        effects,
        effect -> effect instanceof Effect.Branch b && vectors.isUniform(b.target()) == same);
  }

  private void steps(List<Step> list) {
    for (Step step : list) {
      switch (step) {
        case LaneSteps.Loop loop -> loop(loop);
        case LaneSteps.Same same -> define(same.effect());
        case LaneSteps.Load load ->
            out.line(
                "mask = s.memory.load(s, %d, %d, %d, mask, pc);",
                load.effect().bytes(), LaneSteps.ADDRESS, steps.row(load.effect().local()));
        case LaneSteps.Store store ->
            out.line(
                "mask = s.memory.store(s, %d, %d, %d, mask, pc);",
                store.effect().bytes(), LaneSteps.ADDRESS, LaneSteps.VALUE);
        case LaneSteps.Choice choice -> {
          out.open("if (%s)", vectors.same(choice.condition()));
          steps(choice.yes());
          if (!choice.no().isEmpty()) {
            out.between("else");
            steps(choice.no());
          }
          out.close();
        }
      }
    }
  }

  private void loop(LaneSteps.Loop loop) {
    out.open("for (int i = 0; i < $lanes:T.LANES; i += S.length())");
    if (!loop.effects().isEmpty()) {
      out.line("$mask:T<Long> m = $mask:T.fromLong(S, mask >>> i);");
    }
    for (Node.Local local : steps.imports(loop)) {
      out.line(
          "$vector:T %s = $vector:T.fromArray(S, s.scratch, %s);",
          CLikeExpression.name(local), scratch(steps.row(local)));
    }
    block(loop.effects(), "m");
    loop.results()
        .forEach(
            (row, value) ->
                out.line("%s.intoArray(s.scratch, %s);", vectors.lanes(value), scratch(row)));
    out.close();
  }

  private static String scratch(int row) {
    return row + " * $lanes:T.LANES + i";
  }

  private void block(List<Effect> block, String mask) {
    block.forEach(effect -> effect(effect, mask));
  }

  private void effect(Effect effect, String mask) {
    switch (effect) {
      case Effect.Define e -> define(e);
      case Effect.Declare e -> declare(e.local());
      case Effect.Assign e -> assign(e, mask);
      case Effect.SetX e -> general(e, mask);
      case Effect.SetV e -> {
        store("s.v", vectors.vectorRow(e.index(), 0), e.low(), mask);
        store("s.v", vectors.vectorRow(e.index(), 1), e.high(), mask);
      }
      case Effect.SetState e -> state(e, mask);
      case Effect.Branch e -> branch(e, mask);
      case Effect.If e -> choice(e, mask);
      case Effect.Load e -> throw noVectorForm(e);
      case Effect.Store e -> throw noVectorForm(e);
      case Effect.Undefined e -> throw noVectorForm(e);
      case Effect.Raise e -> throw noVectorForm(e);
      case Effect.Host e -> throw noVectorForm(e);
      case Effect.Call e -> throw noVectorForm(e);
    }
  }

  private static IllegalArgumentException noVectorForm(Effect effect) {
    return new IllegalArgumentException("no vector form, see LaneShape: " + effect);
  }

  private void declare(Node.Local local) {
    String name = CLikeExpression.name(local);
    if (local.width() == 1) {
      out.line("$mask:T<Long> %s = S.maskAll(false);", name);
    } else {
      out.line("$vector:T %s = $lanes:T.ZERO;", name);
    }
  }

  private void define(Effect.Define e) {
    String name = CLikeExpression.name(e.local());
    if (vectors.isUniform(e.value())) {
      String type = JavaDialect.LANE.type(e.local().width());
      out.line("%s %s = %s;", type, name, vectors.same(e.value()));
    } else if (e.local().width() == 1) {
      out.line("$mask:T<Long> %s = %s;", name, vectors.lanes(e.value()));
    } else {
      out.line("$vector:T %s = %s;", name, vectors.lanes(e.value()));
      if (steps.row(e.local()) >= 0) {
        out.line("%s.intoArray(s.scratch, %s);", name, scratch(steps.row(e.local())));
      }
    }
  }

  private void assign(Effect.Assign e, String mask) {
    String name = CLikeExpression.name(e.local());
    String value = vectors.lanes(e.value());
    if (e.local().width() == 1) {
      out.line("%1$s = %1$s.andNot(%2$s).or(%3$s.and(%2$s));", name, mask, value);
    } else {
      out.line("%1$s = %1$s.blend(%2$s, %3$s);", name, value, mask);
    }
  }

  private void general(Effect.SetX e, String mask) {
    boolean known = e.index() instanceof Node.Const;
    if (!e.stack() && known && ((Node.Const) e.index()).value() == 31) {
      return;
    }
    String row = vectors.generalRow(e.index(), e.stack());
    // Writes to the zero register go to a row that nothing reads.
    store("s.x", e.stack() || known ? row : "$lanes:T.written(" + row + ")", e.value(), mask);
  }

  private void store(String array, String row, Node value, String mask) {
    out.line(
        "%s.intoArray(%s, (%s) * $lanes:T.LANES + i, %s);", vectors.lanes(value), array, row, mask);
  }

  private void state(Effect.SetState e, String mask) {
    String field = "s." + JavaDialect.field(e.name());
    if (e.value().width() == 1) {
      out.line(
          "%1$s = %1$s & ~(%2$s.toLong() << i) | %3$s.and(%2$s).toLong() << i;",
          field, mask, vectors.lanes(e.value()));
    } else {
      store(field, "0", e.value(), mask);
    }
  }

  private void branch(Effect.Branch e, String mask) {
    if (vectors.isUniform(e.target())) {
      out.line("target = %s;", vectors.same(e.target()));
      out.line("taken |= %s.toLong() << i;", mask);
    } else {
      out.line("%s.intoArray(s.pc, i, %s);", vectors.lanes(e.target()), mask);
      out.line("scattered |= %s.toLong() << i;", mask);
    }
  }

  private void choice(Effect.If e, String mask) {
    if (vectors.isUniform(e.condition())) {
      out.open("if (%s)", vectors.same(e.condition()));
      block(e.yes(), mask);
      if (!e.no().isEmpty()) {
        out.between("else");
        block(e.no(), mask);
      }
      out.close();
      return;
    }
    String condition = vectors.lanes(e.condition());
    side(e.yes(), mask, mask + ".and(" + condition + ")");
    side(e.no(), mask, mask + ".andNot(" + condition + ")");
  }

  private void side(List<Effect> block, String outer, String mask) {
    if (block.isEmpty()) {
      return;
    }
    String name = outer + masks++;
    out.open("");
    out.line("$mask:T<Long> %s = %s;", name, mask);
    block(block, name);
    out.close();
  }
}
