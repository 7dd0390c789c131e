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
import dev.axon64.codegen.network.PackedScores;
import dev.axon64.codegen.network.WholePlan;
import java.util.Objects;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;

/**
 * Emits the batch path. Lanes are words. A block of words goes through one small method after the
 * other, with the values between them in buffers that stay in the first-level cache; the last
 * words, which do not fill a vector, are copied into one, so that no method needs a tail.
 */
final class BatchEmitter {
  private final ForwardPlan plan;
  private final boolean readsPc;
  private final TypeSpec.Builder type;
  private final BlockMethods methods;
  private final HiddenEmitter hidden;
  private final DecisionEmitter decision;

  private BatchEmitter(
      ForwardPlan plan,
      TypeSpec.Builder type,
      BlockMethods methods,
      HiddenEmitter hidden,
      DecisionEmitter decision) {
    this.plan = plan;
    this.readsPc = plan.readsPc();
    this.type = type;
    this.methods = methods;
    this.hidden = hidden;
    this.decision = decision;
  }

  /** Computes in float32, at any width. */
  static BatchEmitter floats(ForwardPlan plan, TypeSpec.Builder type) {
    BlockMethods methods = new BlockMethods(type);
    return new BatchEmitter(
        plan,
        type,
        methods,
        new FloatLayers(plan, methods),
        PackedScores.of(plan)
            .<DecisionEmitter>map(packed -> new PackedDecision(plan, packed, methods))
            .orElseGet(() -> new ScoreDecision(plan, methods)));
  }

  /** Computes in the narrowest lanes, at 512 bits; only where {@link RowEmitter#fits}. */
  static BatchEmitter shorts(WholePlan whole, TypeSpec.Builder type) {
    BlockMethods methods = new BlockMethods(type);
    ShortLayers layers = new ShortLayers(whole, type, methods);
    return new BatchEmitter(
        whole.plan(), type, methods, layers, new PackedDecision(whole, layers.lastLane(), methods));
  }

  void emit() {
    type.addField(
        FieldSpec.builder(TypeName.INT, "BLOCK", CONSTANT)
            .initializer("$L", hidden.block())
            .build());
    lastVector();
    hidden.emit();
    decision.emitScores();
    methods.addForward();
    for (boolean margins : new boolean[] {false, true}) {
      decision.emitDecision(margins);
      type.addMethod(entry(margins));
    }
  }

  /** The buffers of the words that do not fill a vector. */
  private void lastVector() {
    String count = hidden.narrowest().count();
    methods.buffer(INTS, "lastWords", "new int[" + count + "]");
    if (readsPc) {
      methods.buffer(LONGS, "lastPcs", "new long[" + count + "]");
    }
    methods.buffer(INTS, "lastKernels", "new int[" + count + "]");
    methods.buffer(FLOATS, "lastMargins", "new float[" + count + "]");
  }

  /**
   * Adds a field of another class and a method that makes it when it is first used.
   *
   * @param entries the other class
   * @param name of both
   */
  static void lazily(TypeSpec.Builder outer, ClassName entries, String name) {
    outer.addField(
        FieldSpec.builder(entries, name, Modifier.PRIVATE)
            .addJavadoc("Null until it is first used.\n")
            .build());
    outer.addMethod(
        MethodSpec.methodBuilder(name)
            .addModifiers(Modifier.PRIVATE)
            .returns(entries)
            .beginControlFlow("if ($L == null)", name)
            .addStatement("$L = new $T()", name, entries)
            .endControlFlow()
            .addStatement("return $L", name)
            .build());
  }

  /**
   * Adds the entries to a class that has others to call.
   *
   * @param calls adds a call of the method with this name and these arguments
   */
  void delegate(TypeSpec.Builder outer, Delegation calls) {
    for (boolean margins : new boolean[] {false, true}) {
      MethodSpec signature = signature(margins).build();
      String arguments =
          signature.parameters().stream()
              .map(ParameterSpec::name)
              .collect(Collectors.joining(", "));
      MethodSpec.Builder method = signature.toBuilder();
      calls.add(method, signature.name() + "(" + arguments + ")");
      outer.addMethod(method.build());
    }
  }

  /** Adds a call to a method. */
  interface Delegation {
    void add(MethodSpec.Builder method, String call);
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
    String count = hidden.narrowest().count();
    method.addStatement("int at = from");
    method.beginControlFlow(
        "for (int n; (n = Math.min(BLOCK, to - at) & -$L) > 0; at += n)", count);
    method.addStatement("forward(words, pcs, at, n)");
    decision.call(method, margins, margins ? "kernels, margins, at, n" : "kernels, at, n");
    method.endControlFlow();
    method.addStatement("int rest = to - at");
    method.beginControlFlow("if (rest > 0)");
    method.addStatement("System.arraycopy(words, at, lastWords, 0, rest)");
    if (readsPc) {
      method.addStatement("System.arraycopy(pcs, at, lastPcs, 0, rest)");
    }
    method.addStatement("forward(lastWords, $L, 0, $L)", readsPc ? "lastPcs" : "pcs", count);
    decision.call(
        method, margins, (margins ? "lastKernels, lastMargins" : "lastKernels") + ", 0, " + count);
    method.addStatement("System.arraycopy(lastKernels, 0, kernels, at, rest)");
    if (margins) {
      method.addStatement("System.arraycopy(lastMargins, 0, margins, at, rest)");
    }
    method.endControlFlow();
  }
}
