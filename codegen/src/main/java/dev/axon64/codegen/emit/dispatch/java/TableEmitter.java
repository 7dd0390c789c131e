package dev.axon64.codegen.emit.dispatch.java;

import static dev.axon64.codegen.emit.dispatch.java.JavaDispatchBackend.CONSTANT;
import static dev.axon64.codegen.emit.dispatch.java.JavaDispatchBackend.FLOATS;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import dev.axon64.codegen.network.ForwardPlan;
import dev.axon64.codegen.network.ForwardPlan.PlannedLayer;
import dev.axon64.codegen.network.ForwardPlan.Term;
import dev.axon64.codegen.network.ForwardPlan.Unit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import javax.lang.model.element.Modifier;

/** Emits the constant tables, as hexadecimal strings decoded when the class is loaded. */
final class TableEmitter {
  /** Rows are padded to a multiple of this many values, the lanes of 512 bits. */
  static final int PAD = 16;

  private final ForwardPlan plan;

  TableEmitter(ForwardPlan plan) {
    this.plan = plan;
  }

  static int padded(int units) {
    return (units + PAD - 1) / PAD * PAD;
  }

  /** {@code fc2_weight}, the columns of layer {@code fc2}: one row of padded units per input. */
  static String columns(PlannedLayer layer) {
    return constant(layer) + "_COLUMNS";
  }

  /** {@code FC2_BIAS}, the starts of the sums of a layer after the first. */
  static String bias(PlannedLayer layer) {
    return constant(layer) + "_BIAS";
  }

  /** A layer's name as a Java constant's, which has no {@code -}. */
  static String constant(PlannedLayer layer) {
    return layer.name().replace('-', '_').toUpperCase(Locale.ROOT);
  }

  /**
   * @param columns whether the single-word path reads weights from tables
   */
  void emit(TypeSpec.Builder type, boolean columns) {
    int units = plan.table().size();
    int padded = padded(units);
    float[] rows = new float[plan.spec().embeddingRows() * padded];
    for (int u = 0; u < units; u++) {
      float[] start = plan.table().get(u);
      for (int row = 0; row < start.length; row++) {
        rows[row * padded + u] = start[row];
      }
    }
    type.addField(
        field(
            "ROWS",
            hexCall(rows),
            "The starts of the first layer's sums: one padded row per value of the index.\n"));
    for (int l = 0; columns && l < plan.layers().size(); l++) {
      emitLayer(type, l);
    }
    type.addMethod(floats());
  }

  private void emitLayer(TypeSpec.Builder type, int l) {
    PlannedLayer layer = plan.layers().get(l);
    List<Integer> inputs = inputs(plan, l);
    int padded = padded(layer.units().size());
    float[] columns = new float[inputs.size() * padded];
    float[] bias = new float[padded];
    for (int u = 0; u < layer.units().size(); u++) {
      Unit unit = layer.units().get(u);
      bias[u] = unit.bias();
      for (Term term : unit.terms()) {
        columns[inputs.indexOf(term.input()) * padded + u] = term.weight();
      }
    }
    type.addField(
        field(
            columns(layer), hexCall(columns), "The weights: one row of padded units per input.\n"));
    if (l > 0) {
      type.addField(field(bias(layer), hexCall(bias), "The starts of the sums.\n"));
    }
  }

  /** The inputs of a layer: live features, or every unit of the layer before. */
  static List<Integer> inputs(ForwardPlan plan, int l) {
    if (l == 0) {
      return plan.liveFeatures();
    }
    int count = plan.layers().get(l - 1).units().size();
    return IntStream.range(0, count).boxed().toList();
  }

  private static FieldSpec field(String name, CodeBlock value, String doc) {
    return FieldSpec.builder(FLOATS, name, CONSTANT).addJavadoc(doc).initializer(value).build();
  }

  private static CodeBlock hexCall(float[] values) {
    CodeBlock arguments =
        Arrays.stream(Floats.hex(values))
            .map(text -> CodeBlock.of("$S", text))
            .collect(CodeBlock.joining(",\n"));
    return CodeBlock.of("floats($L)", arguments);
  }

  /** Decodes what {@link Floats#hex} wrote. */
  private static MethodSpec floats() {
    return MethodSpec.methodBuilder("floats")
        .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
        .returns(FLOATS)
        .addParameter(ArrayTypeName.of(ClassName.get(String.class)), "hex")
        .varargs()
        .addStatement("$T text = $T.join($S, hex)", String.class, String.class, "")
        .addStatement("float[] values = new float[text.length() / 8]")
        .beginControlFlow("for (int i = 0; i < values.length; i++)")
        .addStatement("int bits = $T.parseUnsignedInt(text, 8 * i, 8 * i + 8, 16)", Integer.class)
        .addStatement("values[i] = $T.intBitsToFloat(bits)", Float.class)
        .endControlFlow()
        .addStatement("return values")
        .build();
  }
}
