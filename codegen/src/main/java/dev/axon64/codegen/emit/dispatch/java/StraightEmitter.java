package dev.axon64.codegen.emit.dispatch.java;

import static dev.axon64.codegen.emit.dispatch.java.JavaDispatchBackend.CONSTANT;
import static dev.axon64.codegen.emit.dispatch.java.JavaDispatchBackend.INTS;

import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import dev.axon64.codegen.network.ForwardPlan;
import dev.axon64.codegen.network.ForwardPlan.PlannedLayer;
import dev.axon64.codegen.network.ForwardPlan.Term;
import dev.axon64.codegen.network.ForwardPlan.Unit;
import dev.axon64.codegen.network.WholePlan;
import dev.axon64.codegen.network.spec.BitField;
import dev.axon64.codegen.network.spec.Feature;
import dev.axon64.codegen.network.spec.LayerSpec.Activation;
import dev.axon64.codegen.network.spec.Source;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.Modifier;

/**
 * Emits the single-word path as straight code on whole numbers, where the arithmetic is exact and
 * few terms are left. Each sum counts units of its layer's grid, so it has the value that the
 * floats would have. Such code needs no warm-up and never waits for a vector to be stored and
 * loaded again.
 */
final class StraightEmitter {
  /** The most terms; with more, vectors are the better choice. */
  private static final int MOST_TERMS = 128;

  private final WholePlan whole;
  private final ForwardPlan plan;
  private final List<PlannedLayer> layers;

  private StraightEmitter(WholePlan whole) {
    this.whole = whole;
    this.plan = whole.plan();
    this.layers = whole.layers();
  }

  /** Returns the emitter, if the plan is left with few terms. */
  static Optional<StraightEmitter> of(WholePlan whole) {
    return Optional.of(whole)
        .filter(w -> w.layers().stream().mapToInt(PlannedLayer::terms).sum() <= MOST_TERMS)
        .map(StraightEmitter::new);
  }

  void emit(TypeSpec.Builder type) {
    int units = plan.table().size();
    type.addField(
        FieldSpec.builder(INTS, "STARTS", CONSTANT)
            .addJavadoc("The rows as whole numbers, without padding.\n")
            .initializer("starts()")
            .build());
    type.addMethod(
        MethodSpec.methodBuilder("starts")
            .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
            .returns(INTS)
            .addStatement("int[] starts = new int[$L * $L]", rows(), units)
            .beginControlFlow("for (int i = 0; i < starts.length; i++)")
            .addStatement(
                "starts[i] = (int) (ROWS[i / $L * $L + i % $L] * $L)",
                Math.max(1, units),
                TableEmitter.padded(units),
                Math.max(1, units),
                Floats.literal(1 / whole.grid()))
            .endControlFlow()
            .addStatement("return starts")
            .build());
    type.addMethod(kernel());
  }

  private int rows() {
    return plan.spec().embeddingRows();
  }

  private MethodSpec kernel() {
    MethodSpec.Builder method = SingleEmitter.kernelMethod();
    int units = plan.table().size();
    method.addStatement("int row = $L * $L", SingleEmitter.extract(plan.spec().index()), units);
    int last = layers.size() - 1;
    for (int l = 0; l < last; l++) {
      for (int u = 0; u < layers.get(l).units().size(); u++) {
        boolean relu = layers.get(l).activation() == Activation.RELU && whole.canBeNegative(l, u);
        method.addStatement(
            relu ? "int $L = Math.max(0, $L)" : "int $L = $L", name(l, u), sum(l, u));
      }
    }
    method.addStatement("int top = $L", sum(last, 0));
    for (int k = 1; k < layers.get(last).units().size(); k++) {
      method.addStatement("top = Math.max(top, $L)", sum(last, k));
    }
    int mask = (1 << whole.packed().codeBits()) - 1;
    return plan.spec().decision().lowestWins()
        ? method.addStatement("return KERNELS - 1 - (top & $L)", mask).build()
        : method.addStatement("return top & $L", mask).build();
  }

  private static String name(int l, int u) {
    return "x" + l + "u" + u;
  }

  private String sum(int l, int u) {
    Unit unit = layers.get(l).units().get(u);
    StringBuilder sum = new StringBuilder();
    sum.append(l == 0 ? "STARTS[row + " + u + "]" : Integer.toString((int) unit.bias()));
    for (Term term : unit.terms()) {
      int weight = (int) term.weight();
      sum.append(weight < 0 ? " - " : " + ").append(product(l, term, Math.abs(weight)));
    }
    return sum.toString();
  }

  private String product(int l, Term term, int weight) {
    if (l > 0) {
      return weight + " * " + name(l - 1, term.input());
    }
    BitField bits = ((Feature.Scaled) plan.spec().features().get(term.input())).bits();
    if (bits.width() == 1 && bits.source() == Source.WORD) {
      return "(word << " + (Integer.SIZE - 1 - bits.low()) + " >> 31 & " + weight + ")";
    }
    return weight + " * " + SingleEmitter.extract(bits);
  }
}
