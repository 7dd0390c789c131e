package dev.axon64.codegen.emit.dispatch.java;

import static dev.axon64.codegen.emit.dispatch.java.JavaDispatchBackend.FLOATS;
import static dev.axon64.codegen.emit.dispatch.java.JavaDispatchBackend.INTS;
import static dev.axon64.codegen.emit.dispatch.java.JavaNames.FLOAT_VECTOR;
import static dev.axon64.codegen.emit.dispatch.java.JavaNames.INT_VECTOR;
import static dev.axon64.codegen.emit.dispatch.java.JavaNames.OPERATORS;
import static dev.axon64.codegen.emit.dispatch.java.JavaNames.VECTOR_MASK;

import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import dev.axon64.codegen.network.ForwardPlan;
import dev.axon64.codegen.network.spec.Decision;
import javax.lang.model.element.Modifier;

/**
 * Emits the decision as the spec has it: compares score by score, and keeps the best with its
 * kernel.
 */
final class ScoreDecision implements DecisionEmitter {
  private static final TypeName MASK = ParameterizedTypeName.get(VECTOR_MASK, TypeName.FLOAT.box());

  private final ForwardPlan plan;
  private final BlockMethods methods;
  private final int last;
  private final int kernels;

  ScoreDecision(ForwardPlan plan, BlockMethods methods) {
    this.plan = plan;
    this.methods = methods;
    this.last = plan.layers().size() - 1;
    this.kernels = plan.spec().kernels().size();
  }

  @Override
  public void emitScores() {
    if (last > 0) {
      methods.unitBuffer(BlockMethods.values(last), Lane.FLOAT, kernels);
    }
    new SumEmitter(plan, last, plan.layers().get(last)).emit(methods);
    methods.buffer(FLOATS, "best", "new float[BLOCK]");
    methods.buffer(FLOATS, "second", "new float[BLOCK]");
    methods.buffer(FLOATS, "chosen", "new float[BLOCK]");
  }

  @Override
  public void emitDecision(boolean margins) {
    for (int part = 0; part < parts(); part++) {
      methods.addAside(decide(part, margins));
    }
  }

  @Override
  public void call(MethodSpec.Builder method, boolean margins, String arguments) {
    for (int part = 0; part < parts(); part++) {
      method.addStatement("$L($L)", name(part, margins), arguments);
    }
  }

  private int parts() {
    return (kernels + BlockMethods.MOST_STEPS - 1) / BlockMethods.MOST_STEPS;
  }

  private static String name(int part, boolean margins) {
    return (margins ? "decideWithMargin" : "decide") + part;
  }

  private MethodSpec decide(int part, boolean margins) {
    MethodSpec.Builder method = signature(name(part, margins), margins);
    BlockMethods.vectorLoop(method);
    start(method, part, margins);
    int end = Math.min(kernels, (part + 1) * BlockMethods.MOST_STEPS);
    for (int k = part * BlockMethods.MOST_STEPS; k < end; k++) {
      compare(method, k, margins);
    }
    end(method, part == parts() - 1, margins);
    return method.endControlFlow().build();
  }

  /** {@code (int[] kernels, float[] margins, int from, int n)} */
  static MethodSpec.Builder signature(String name, boolean margins) {
    MethodSpec.Builder method =
        MethodSpec.methodBuilder(name).addModifiers(Modifier.PRIVATE).addParameter(INTS, "kernels");
    if (margins) {
      method.addParameter(FLOATS, "margins");
    }
    return method.addParameter(TypeName.INT, "from").addParameter(TypeName.INT, "n");
  }

  private void start(MethodSpec.Builder method, int part, boolean margins) {
    if (part == 0) {
      String floor = Floats.literal(plan.spec().decision().floor());
      method.addStatement("$T top = $T.broadcast(F, $L)", FLOAT_VECTOR, FLOAT_VECTOR, floor);
      method.addStatement("$T kernel = $T.zero(F)", FLOAT_VECTOR, FLOAT_VECTOR);
      if (margins) {
        method.addStatement(
            "$T next = $T.broadcast(F, $T.NEGATIVE_INFINITY)",
            FLOAT_VECTOR,
            FLOAT_VECTOR,
            Float.class);
      }
      return;
    }
    method.addStatement("$T top = $T.fromArray(F, best, i)", FLOAT_VECTOR, FLOAT_VECTOR);
    method.addStatement("$T kernel = $T.fromArray(F, chosen, i)", FLOAT_VECTOR, FLOAT_VECTOR);
    if (margins) {
      method.addStatement("$T next = $T.fromArray(F, second, i)", FLOAT_VECTOR, FLOAT_VECTOR);
    }
  }

  private void compare(MethodSpec.Builder method, int k, boolean margins) {
    Decision decision = plan.spec().decision();
    String floor = Floats.literal(decision.floor());
    method.addStatement(
        "$T s$L = $T.fromArray(F, $L, $L * BLOCK + i)",
        FLOAT_VECTOR,
        k,
        FLOAT_VECTOR,
        BlockMethods.values(last),
        k);
    method.addStatement(
        "$T wins$L = s$L.compare($T.$L, top)",
        MASK,
        k,
        k,
        OPERATORS,
        decision.lowestWins() ? "GT" : "GE");
    if (!decision.lowestWins() && decision.floor() != Float.NEGATIVE_INFINITY) {
      method.addStatement("wins$L = wins$L.and(s$L.compare($T.GT, $L))", k, k, k, OPERATORS, floor);
    }
    if (margins) {
      method.addStatement("next = next.max(top.min(s$L))", k);
    }
    method.addStatement("top = top.blend(s$L, wins$L)", k, k);
    method.addStatement("kernel = kernel.blend($Lf, wins$L)", k, k);
  }

  private static void end(MethodSpec.Builder method, boolean last, boolean margins) {
    if (last) {
      method.addStatement(
          "(($T) kernel.convert($T.F2I, 0)).intoArray(kernels, from + i)", INT_VECTOR, OPERATORS);
      if (margins) {
        method.addStatement("top.sub(next).intoArray(margins, from + i)");
      }
      return;
    }
    method.addStatement("top.intoArray(best, i)");
    method.addStatement("kernel.intoArray(chosen, i)");
    if (margins) {
      method.addStatement("next.intoArray(second, i)");
    }
  }
}
