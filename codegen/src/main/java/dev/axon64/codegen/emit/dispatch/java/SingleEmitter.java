package dev.axon64.codegen.emit.dispatch.java;

import static dev.axon64.codegen.emit.dispatch.java.JavaDispatchBackend.FLOATS;
import static dev.axon64.codegen.emit.dispatch.java.JavaNames.FLOAT_VECTOR;

import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.axon64.codegen.network.ForwardPlan;
import dev.axon64.codegen.network.ForwardPlan.PlannedLayer;
import dev.axon64.codegen.network.spec.BitField;
import dev.axon64.codegen.network.spec.Decision;
import dev.axon64.codegen.network.spec.Feature;
import dev.axon64.codegen.network.spec.LayerSpec.Activation;
import dev.axon64.codegen.network.spec.Source;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Modifier;

/**
 * Emits the single-word path. Lanes are a layer's units: a sum starts from the table's row or the
 * biases and adds one column per live input, scaled by that input, in the published order.
 */
final class SingleEmitter {
  /** The most columns added in one method. */
  private static final int MOST_COLUMNS = 16;

  private final ForwardPlan plan;
  private final List<String> steps = new ArrayList<>();

  SingleEmitter(ForwardPlan plan) {
    this.plan = plan;
  }

  void emit(TypeSpec.Builder type) {
    for (int l = 0; l < plan.layers().size(); l++) {
      int padded = TableEmitter.padded(plan.layers().get(l).units().size());
      type.addField(
          FieldSpec.builder(FLOATS, values(l), Modifier.PRIVATE, Modifier.FINAL)
              .initializer("new float[$L]", padded)
              .build());
      layer(type, l);
    }
    type.addMethod(choose());
    type.addMethod(kernel());
  }

  private static String values(int layer) {
    return "units" + layer;
  }

  /** Starts the method that both forms of this path end in. */
  static MethodSpec.Builder kernelMethod() {
    return MethodSpec.methodBuilder("kernel")
        .addModifiers(Modifier.PUBLIC)
        .returns(TypeName.INT)
        .addJavadoc(
            "Chooses the kernel of one word.\n\n"
                + "@param word the instruction\n"
                + "@param pc its address\n"
                + "@return the kernel's index\n")
        .addParameter(TypeName.INT, "word")
        .addParameter(TypeName.LONG, "pc");
  }

  private MethodSpec kernel() {
    MethodSpec.Builder method = kernelMethod();
    steps.forEach(method::addStatement);
    return method.addStatement("return choose()").build();
  }

  private void layer(TypeSpec.Builder type, int l) {
    List<Integer> inputs = TableEmitter.inputs(plan, l);
    int parts = Math.max(1, (inputs.size() + MOST_COLUMNS - 1) / MOST_COLUMNS);
    for (int part = 0; part < parts; part++) {
      type.addMethod(columns(l, inputs, part, parts));
    }
  }

  private MethodSpec columns(int l, List<Integer> inputs, int part, int parts) {
    String name = "unit" + l + "Part" + part;
    steps.add(name + (l == 0 ? "(word, pc)" : "()"));
    MethodSpec.Builder method = MethodSpec.methodBuilder(name).addModifiers(Modifier.PRIVATE);
    if (l == 0) {
      method.addParameter(TypeName.INT, "word").addParameter(TypeName.LONG, "pc");
    }
    PlannedLayer layer = plan.layers().get(l);
    int padded = TableEmitter.padded(layer.units().size());
    int to = Math.min(inputs.size(), (part + 1) * MOST_COLUMNS);
    for (int c = part * MOST_COLUMNS; c < to; c++) {
      method.addStatement(
          "float x$L = $L", c, l == 0 ? feature(inputs.get(c)) : values(l - 1) + "[" + c + "]");
    }
    if (l == 0 && part == 0) {
      method.addStatement("int row = $L * $L", extract(plan.spec().index()), padded);
    }
    method.beginControlFlow("for (int u = 0; u < $L; u += LANES)", padded);
    start(method, l, part);
    for (int c = part * MOST_COLUMNS; c < to; c++) {
      method.addStatement(
          "s = s.add($T.fromArray(F, $L, $L + u).mul(x$L))",
          FLOAT_VECTOR,
          TableEmitter.columns(layer),
          c * padded,
          c);
    }
    boolean relu = part == parts - 1 && layer.activation() == Activation.RELU;
    method.addStatement("s$L.intoArray($L, u)", relu ? ".max(0f)" : "", values(l));
    return method.endControlFlow().build();
  }

  private void start(MethodSpec.Builder method, int l, int part) {
    if (part > 0) {
      method.addStatement("$T s = $T.fromArray(F, $L, u)", FLOAT_VECTOR, FLOAT_VECTOR, values(l));
    } else if (l == 0) {
      method.addStatement("$T s = $T.fromArray(F, ROWS, row + u)", FLOAT_VECTOR, FLOAT_VECTOR);
    } else {
      String bias = TableEmitter.bias(plan.layers().get(l));
      method.addStatement("$T s = $T.fromArray(F, $L, u)", FLOAT_VECTOR, FLOAT_VECTOR, bias);
    }
  }

  /** {@code (word >>> 8 & 255) / 255f} */
  private String feature(int index) {
    Feature feature = plan.spec().features().get(index);
    if (feature instanceof Feature.Scaled scaled) {
      String bits = extract(scaled.bits());
      return scaled.divisor() == 1 ? bits : bits + " / " + Floats.literal(scaled.divisor());
    }
    return Floats.literal(feature.greatest());
  }

  /** {@code (word >>> 8 & 255)} */
  static String extract(BitField field) {
    String shifted = field.source().keyword() + " >>> " + field.low();
    return field.source() == Source.WORD
        ? "(" + shifted + " & " + field.mask() + ")"
        : "((int) (" + shifted + ") & " + field.mask() + ")";
  }

  private MethodSpec choose() {
    Decision decision = plan.spec().decision();
    String scores = values(plan.layers().size() - 1);
    String floor = Floats.literal(decision.floor());
    MethodSpec.Builder method =
        MethodSpec.methodBuilder("choose").addModifiers(Modifier.PRIVATE).returns(TypeName.INT);
    method.addStatement("float top = $L", floor);
    method.addStatement("int kernel = 0");
    method.beginControlFlow("for (int k = 0; k < KERNELS; k++)");
    method.addStatement("float score = $L[k]", scores);
    String wins = decision.lowestWins() ? "score > top" : "score >= top && score > " + floor;
    method.beginControlFlow("if ($L)", wins);
    method.addStatement("top = score");
    method.addStatement("kernel = k");
    method.endControlFlow().endControlFlow();
    return method.addStatement("return kernel").build();
  }
}
