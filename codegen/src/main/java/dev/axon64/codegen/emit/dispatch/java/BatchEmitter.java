package dev.axon64.codegen.emit.dispatch.java;

import static dev.axon64.codegen.emit.dispatch.java.JavaDispatchBackend.CONSTANT;
import static dev.axon64.codegen.emit.dispatch.java.JavaDispatchBackend.FLOATS;
import static dev.axon64.codegen.emit.dispatch.java.JavaDispatchBackend.INTS;
import static dev.axon64.codegen.emit.dispatch.java.JavaDispatchBackend.LONGS;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.axon64.codegen.network.ForwardPlan;
import java.util.Objects;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;

/**
 * Emits the batch path. Lanes are words. A block of words goes through one small method after the
 * other, with the values between them in buffers that stay in the first-level cache; the last,
 * shorter block is copied into a padded one, so that no method needs a tail.
 */
final class BatchEmitter {
  private final ForwardPlan plan;
  private final boolean readsPc;
  private final TypeSpec.Builder type;
  private final BlockMethods methods;
  private final DecisionEmitter decision;

  BatchEmitter(ForwardPlan plan, TypeSpec.Builder type) {
    this.plan = plan;
    this.readsPc = plan.readsPc();
    this.type = type;
    this.methods = new BlockMethods(type);
    this.decision =
        PackedScores.of(plan)
            .<DecisionEmitter>map(packed -> new PackedDecision(plan, packed, methods))
            .orElseGet(() -> new ScoreDecision(plan, methods));
  }

  void emit() {
    type.addField(
        FieldSpec.builder(TypeName.INT, "BLOCK", CONSTANT)
            .initializer("$L", BlockMethods.BLOCK)
            .build());
    lastBlock();
    methods.unitBuffer(BlockMethods.values(0), plan.layers().get(0).units().size());
    new InputEmitter(plan, methods).emit();
    int last = plan.layers().size() - 1;
    for (int l = 0; l < last; l++) {
      if (l > 0) {
        methods.unitBuffer(BlockMethods.values(l), plan.layers().get(l).units().size());
      }
      new SumEmitter(plan, l, plan.layers().get(l)).emit(methods);
    }
    decision.emitScores();
    methods.addForward();
    for (boolean margins : new boolean[] {false, true}) {
      decision.emitDecision(margins);
      type.addMethod(entry(margins));
    }
  }

  private void lastBlock() {
    methods.buffer(INTS, "lastWords", "new int[BLOCK]");
    if (readsPc) {
      methods.buffer(LONGS, "lastPcs", "new long[BLOCK]");
    }
    methods.buffer(INTS, "lastKernels", "new int[BLOCK]");
    methods.buffer(FLOATS, "lastMargins", "new float[BLOCK]");
  }

  /**
   * Adds the entries to a class that has those of another as {@code batches}.
   *
   * @param entries the other class
   */
  void delegate(TypeSpec.Builder outer, ClassName entries) {
    outer.addField(
        FieldSpec.builder(entries, "batches", Modifier.PRIVATE)
            .addJavadoc("Null until it is first used.\n")
            .build());
    outer.addMethod(
        MethodSpec.methodBuilder("batches")
            .addModifiers(Modifier.PRIVATE)
            .returns(entries)
            .beginControlFlow("if (batches == null)")
            .addStatement("batches = new $T()", entries)
            .endControlFlow()
            .addStatement("return batches")
            .build());
    for (boolean margins : new boolean[] {false, true}) {
      MethodSpec signature = signature(margins).build();
      String arguments =
          signature.parameters().stream()
              .map(ParameterSpec::name)
              .collect(Collectors.joining(", "));
      outer.addMethod(
          signature.toBuilder()
              .addStatement("batches().$L($L)", signature.name(), arguments)
              .build());
    }
  }

  private MethodSpec.Builder signature(boolean margins) {
    MethodSpec.Builder method =
        MethodSpec.methodBuilder(margins ? "kernelsWithMargins" : "kernels")
            .addModifiers(Modifier.PUBLIC)
            .addJavadoc(
                "Chooses a kernel for each word from {@code from} up to but not at {@code to}.\n\n"
                    + "@param words instruction words\n"
                    + "@param pcs their addresses$L\n"
                    + "@param kernels receives the kernels' indices, each at the place of its word\n",
                readsPc ? "" : "; not read, since no weight reaches the pc, and may be null")
            .addParameter(INTS, "words")
            .addParameter(LONGS, "pcs")
            .addParameter(INTS, "kernels");
    if (margins) {
      method.addJavadoc(
          "@param margins receives the best score less the second best, where the floor counts as a score\n");
      method.addParameter(FLOATS, "margins");
    }
    return method.addParameter(TypeName.INT, "from").addParameter(TypeName.INT, "to");
  }

  private MethodSpec entry(boolean margins) {
    MethodSpec.Builder method = signature(margins);
    check(method, "words");
    check(method, "kernels");
    if (readsPc) {
      check(method, "pcs");
    }
    if (margins) {
      check(method, "margins");
    }
    body(method, margins);
    return method.build();
  }

  private static void check(MethodSpec.Builder method, String array) {
    method.addStatement("$T.checkFromToIndex(from, to, $L.length)", Objects.class, array);
  }

  private void body(MethodSpec.Builder method, boolean margins) {
    method.addStatement("int at = from");
    method.beginControlFlow("for (; to - at >= BLOCK; at += BLOCK)");
    method.addStatement("forward(words, pcs, at, BLOCK)");
    decision.call(method, margins, margins ? "kernels, margins, at, BLOCK" : "kernels, at, BLOCK");
    method.endControlFlow();
    method.addStatement("int rest = to - at");
    method.beginControlFlow("if (rest > 0)");
    method.addStatement("System.arraycopy(words, at, lastWords, 0, rest)");
    if (readsPc) {
      method.addStatement("System.arraycopy(pcs, at, lastPcs, 0, rest)");
    }
    method.addStatement("int n = (rest + LANES - 1) / LANES * LANES");
    method.addStatement("forward(lastWords, $L, 0, n)", readsPc ? "lastPcs" : "pcs");
    decision.call(
        method, margins, margins ? "lastKernels, lastMargins, 0, n" : "lastKernels, 0, n");
    method.addStatement("System.arraycopy(lastKernels, 0, kernels, at, rest)");
    if (margins) {
      method.addStatement("System.arraycopy(lastMargins, 0, margins, at, rest)");
    }
    method.endControlFlow();
  }
}
