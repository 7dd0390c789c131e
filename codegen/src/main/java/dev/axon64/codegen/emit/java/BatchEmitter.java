package dev.axon64.codegen.emit.java;

import static dev.axon64.codegen.emit.java.JavaBackend.CONSTANT;
import static dev.axon64.codegen.emit.java.JavaBackend.FLOATS;
import static dev.axon64.codegen.emit.java.JavaBackend.INTS;
import static dev.axon64.codegen.emit.java.JavaBackend.LONGS;
import static dev.axon64.codegen.emit.java.JavaNames.FLOAT_VECTOR;
import static dev.axon64.codegen.emit.java.JavaNames.INT_VECTOR;
import static dev.axon64.codegen.emit.java.JavaNames.OPERATORS;
import static dev.axon64.codegen.emit.java.JavaNames.VECTOR_MASK;

import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.axon64.codegen.emit.java.SumSplitter.Piece;
import dev.axon64.codegen.network.ForwardPlan;
import dev.axon64.codegen.network.ForwardPlan.PlannedLayer;
import dev.axon64.codegen.network.ForwardPlan.Term;
import dev.axon64.codegen.spec.BitField;
import dev.axon64.codegen.spec.Decision;
import dev.axon64.codegen.spec.Feature;
import dev.axon64.codegen.spec.LayerSpec.Activation;
import dev.axon64.codegen.spec.Source;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.Modifier;

/**
 * Emits the batch path. Lanes are words. A block of words goes through one small method after the
 * other, with the values between them in buffers that stay in the first-level cache; the last,
 * shorter block is copied into a padded one, so that no method needs a tail.
 */
final class BatchEmitter {
  /** Words in a block. */
  static final int BLOCK = 128;

  /** Fields extracted, or kernels compared, in one method. */
  private static final int MOST_STEPS = 8;

  private final ForwardPlan plan;
  private final List<Integer> features;
  private final boolean readsPc;
  private final List<String> steps = new ArrayList<>();

  BatchEmitter(ForwardPlan plan) {
    this.plan = plan;
    this.features = plan.liveFeatures();
    this.readsPc = plan.readsPc();
  }

  void emit(TypeSpec.Builder type) {
    buffers(type);
    inputs(type);
    starts(type);
    for (int l = 0; l < plan.layers().size(); l++) {
      layer(type, l);
    }
    type.addMethod(forward());
    decision(type, false);
    decision(type, true);
    type.addMethod(entry(false));
    type.addMethod(entry(true));
  }

  private void buffers(TypeSpec.Builder type) {
    type.addField(
        FieldSpec.builder(TypeName.INT, "BLOCK", CONSTANT).initializer("$L", BLOCK).build());
    buffer(type, INTS, "row", "new int[BLOCK]");
    buffer(type, FLOATS, "x", "new float[" + features.size() + " * BLOCK]");
    for (int l = 0; l < plan.layers().size(); l++) {
      int units = plan.layers().get(l).units().size();
      buffer(type, FLOATS, values(l), "new float[" + units + " * BLOCK]");
    }
    buffer(type, FLOATS, "best", "new float[BLOCK]");
    buffer(type, FLOATS, "second", "new float[BLOCK]");
    buffer(type, FLOATS, "chosen", "new float[BLOCK]");
    buffer(type, INTS, "lastWords", "new int[BLOCK]");
    if (readsPc) {
      buffer(type, LONGS, "lastPcs", "new long[BLOCK]");
    }
    buffer(type, INTS, "lastKernels", "new int[BLOCK]");
    buffer(type, FLOATS, "lastMargins", "new float[BLOCK]");
  }

  private static void buffer(TypeSpec.Builder type, TypeName of, String name, String value) {
    type.addField(
        FieldSpec.builder(of, name, Modifier.PRIVATE, Modifier.FINAL).initializer(value).build());
  }

  static String values(int layer) {
    return "layer" + layer;
  }

  // ---------------------------------------------------------------------------------- inputs

  private void inputs(TypeSpec.Builder type) {
    List<Integer> ofWord = new ArrayList<>();
    List<Integer> ofPc = new ArrayList<>();
    for (int f : features) {
      (field(f).map(b -> b.source() == Source.PC).orElse(false) ? ofPc : ofWord).add(f);
    }
    type.addMethod(index());
    for (int from = 0; from < ofWord.size(); from += MOST_STEPS) {
      List<Integer> part = ofWord.subList(from, Math.min(ofWord.size(), from + MOST_STEPS));
      type.addMethod(wordInputs("inputs" + from, part));
    }
    for (int f : ofPc) {
      type.addMethod(pcInput("pcInput" + f, f));
    }
  }

  private Optional<BitField> field(int feature) {
    return plan.spec().features().get(feature).field();
  }

  /** {@code w.lanewise(LSHR, 24).intoArray(row, i);} */
  private MethodSpec index() {
    BitField index = plan.spec().index();
    MethodSpec.Builder method = step("index");
    if (index.source() == Source.PC) {
      return method
          .beginControlFlow("for (int i = 0; i < n; i++)")
          .addStatement("row[i] = (int) (pcs[from + i] >>> $L) & $L", index.low(), index.mask())
          .endControlFlow()
          .build();
    }
    return method
        .beginControlFlow("for (int i = 0; i < n; i += LANES)")
        .addStatement("$T w = $T.fromArray(I, words, from + i)", INT_VECTOR, INT_VECTOR)
        .addStatement(
            "w.lanewise($T.LSHR, $L).and($L).intoArray(row, i)",
            OPERATORS,
            index.low(),
            index.mask())
        .endControlFlow()
        .build();
  }

  private MethodSpec wordInputs(String name, List<Integer> part) {
    MethodSpec.Builder method = step(name);
    method.beginControlFlow("for (int i = 0; i < n; i += LANES)");
    method.addStatement("$T w = $T.fromArray(I, words, from + i)", INT_VECTOR, INT_VECTOR);
    for (int f : part) {
      Feature feature = plan.spec().features().get(f);
      int place = features.indexOf(f);
      if (feature instanceof Feature.Scaled scaled) {
        method.addStatement(
            "(($T) w.lanewise($T.LSHR, $L).and($L).convert($T.I2F, 0))$L.intoArray(x, $L * BLOCK + i)",
            FLOAT_VECTOR,
            OPERATORS,
            scaled.bits().low(),
            scaled.bits().mask(),
            OPERATORS,
            scaled.divisor() == 1 ? "" : ".div(" + Floats.literal(scaled.divisor()) + ")",
            place);
      } else {
        method.addStatement(
            "$T.broadcast(F, $L).intoArray(x, $L * BLOCK + i)",
            FLOAT_VECTOR,
            Floats.literal(feature.greatest()),
            place);
      }
    }
    return method.endControlFlow().build();
  }

  /** A pc field is narrowed to int lane by lane; C2 vectorises the plain loop. */
  private MethodSpec pcInput(String name, int f) {
    Feature.Scaled scaled = (Feature.Scaled) plan.spec().features().get(f);
    BitField bits = scaled.bits();
    return step(name)
        .beginControlFlow("for (int i = 0; i < n; i++)")
        .addStatement(
            "x[$L * BLOCK + i] = ((int) (pcs[from + i] >>> $L) & $L)$L",
            features.indexOf(f),
            bits.low(),
            bits.mask(),
            scaled.divisor() == 1 ? "" : " / " + Floats.literal(scaled.divisor()))
        .endControlFlow()
        .build();
  }

  /** A method of the block's pass, noted so that {@code forward} calls it. */
  private MethodSpec.Builder step(String name) {
    steps.add(name + "(words, pcs, from, n)");
    return MethodSpec.methodBuilder(name)
        .addModifiers(Modifier.PRIVATE)
        .addParameter(INTS, "words")
        .addParameter(LONGS, "pcs")
        .addParameter(TypeName.INT, "from")
        .addParameter(TypeName.INT, "n");
  }

  // ------------------------------------------------------------------------------------ sums

  /**
   * Where the first layer's sums start: one row of the table a word. Plain loads and stores beat
   * the Vector API's gather, whose index checks cost more than the gather itself.
   */
  private void starts(TypeSpec.Builder type) {
    int units = plan.table().size();
    for (int first = 0; first < units; first += MOST_STEPS) {
      String name = "start" + first;
      steps.add(name + "(n)");
      MethodSpec.Builder method =
          MethodSpec.methodBuilder(name)
              .addModifiers(Modifier.PRIVATE)
              .addParameter(TypeName.INT, "n")
              .beginControlFlow("for (int i = 0; i < n; i++)")
              .addStatement("int r = row[i] * $L", TableEmitter.padded(units));
      for (int u = first; u < Math.min(units, first + MOST_STEPS); u++) {
        method.addStatement("$L[$L * BLOCK + i] = ROWS[r + $L]", values(0), u, u);
      }
      type.addMethod(method.endControlFlow().build());
    }
  }

  private void layer(TypeSpec.Builder type, int l) {
    List<List<Piece>> methods = SumSplitter.methods(plan.layers().get(l));
    for (int m = 0; m < methods.size(); m++) {
      type.addMethod(sums("layer" + l + "Part" + m, l, methods.get(m)));
    }
  }

  /** One loop over the block that computes a few units, or pieces of them. */
  private MethodSpec sums(String name, int l, List<Piece> pieces) {
    steps.add(name + "(n)");
    MethodSpec.Builder method =
        MethodSpec.methodBuilder(name)
            .addModifiers(Modifier.PRIVATE)
            .addParameter(TypeName.INT, "n");
    method.beginControlFlow("for (int i = 0; i < n; i += LANES)");
    String input = l == 0 ? "x" : values(l - 1);
    Set<Integer> loaded = new LinkedHashSet<>();
    for (Piece piece : pieces) {
      for (Term term : piece.terms()) {
        int place = place(l, term);
        if (loaded.add(place)) {
          method.addStatement(
              "$T v$L = $T.fromArray(F, $L, $L * BLOCK + i)",
              FLOAT_VECTOR,
              place,
              FLOAT_VECTOR,
              input,
              place);
        }
      }
      sum(method, l, piece);
    }
    return method.endControlFlow().build();
  }

  private int place(int l, Term term) {
    return l == 0 ? features.indexOf(term.input()) : term.input();
  }

  private void sum(MethodSpec.Builder method, int l, Piece piece) {
    PlannedLayer layer = plan.layers().get(l);
    int u = piece.unit();
    if (l == 0 || !piece.first()) {
      method.addStatement(
          "$T s$L = $T.fromArray(F, $L, $L * BLOCK + i)",
          FLOAT_VECTOR,
          u,
          FLOAT_VECTOR,
          values(l),
          u);
    } else {
      String bias = Floats.literal(layer.units().get(u).bias());
      method.addStatement("$T s$L = $T.broadcast(F, $L)", FLOAT_VECTOR, u, FLOAT_VECTOR, bias);
    }
    for (Term term : piece.terms()) {
      method.addStatement("s$L = $L", u, add("s" + u, "v" + place(l, term), term.weight()));
    }
    boolean relu = piece.last() && layer.activation() == Activation.RELU;
    method.addStatement(
        "s$L$L.intoArray($L, $L * BLOCK + i)", u, relu ? ".max(0f)" : "", values(l), u);
  }

  private String add(String sum, String value, float weight) {
    if (plan.exact() && weight == 1) {
      return sum + ".add(" + value + ")";
    }
    if (plan.exact() && weight == -1) {
      return sum + ".sub(" + value + ")";
    }
    String constant = Floats.literal(weight);
    return plan.exact()
        ? value
            + ".lanewise(VectorOperators.FMA, FloatVector.broadcast(F, "
            + constant
            + "), "
            + sum
            + ")"
        : sum + ".add(" + value + ".mul(" + constant + "))";
  }

  private MethodSpec forward() {
    MethodSpec.Builder method =
        MethodSpec.methodBuilder("forward")
            .addModifiers(Modifier.PRIVATE)
            .addParameter(INTS, "words")
            .addParameter(LONGS, "pcs")
            .addParameter(TypeName.INT, "from")
            .addParameter(TypeName.INT, "n");
    steps.forEach(method::addStatement);
    return method.build();
  }

  // -------------------------------------------------------------------------------- decision

  private void decision(TypeSpec.Builder type, boolean margins) {
    int kernels = plan.spec().kernels().size();
    int parts = (kernels + MOST_STEPS - 1) / MOST_STEPS;
    for (int part = 0; part < parts; part++) {
      type.addMethod(decide(part, parts, margins));
    }
  }

  private static String decideName(int part, boolean margins) {
    return (margins ? "decideWithMargin" : "decide") + part;
  }

  private MethodSpec decide(int part, int parts, boolean margins) {
    MethodSpec.Builder method =
        MethodSpec.methodBuilder(decideName(part, margins))
            .addModifiers(Modifier.PRIVATE)
            .addParameter(INTS, "kernels");
    if (margins) {
      method.addParameter(FLOATS, "margins");
    }
    method.addParameter(TypeName.INT, "from").addParameter(TypeName.INT, "n");
    method.beginControlFlow("for (int i = 0; i < n; i += LANES)");
    decideStart(method, part, margins);
    int kernels = plan.spec().kernels().size();
    for (int k = part * MOST_STEPS; k < Math.min(kernels, (part + 1) * MOST_STEPS); k++) {
      compare(method, k, margins);
    }
    decideEnd(method, part == parts - 1, margins);
    return method.endControlFlow().build();
  }

  private void decideStart(MethodSpec.Builder method, int part, boolean margins) {
    if (part == 0) {
      String floor = Floats.literal(plan.spec().decision().floor());
      method.addStatement("$T top = $T.broadcast(F, $L)", FLOAT_VECTOR, FLOAT_VECTOR, floor);
      method.addStatement("$T kernel = $T.zero(F)", FLOAT_VECTOR, FLOAT_VECTOR);
      if (margins) {
        method.addStatement(
            "$T next = $T.broadcast(F, Float.NEGATIVE_INFINITY)", FLOAT_VECTOR, FLOAT_VECTOR);
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
    TypeName mask = ParameterizedTypeName.get(VECTOR_MASK, TypeName.FLOAT.box());
    method.addStatement(
        "$T s$L = $T.fromArray(F, $L, $L * BLOCK + i)",
        FLOAT_VECTOR,
        k,
        FLOAT_VECTOR,
        values(plan.layers().size() - 1),
        k);
    String floored =
        decision.lowestWins() || decision.floor() == Float.NEGATIVE_INFINITY
            ? ""
            : ".and(s"
                + k
                + ".compare(VectorOperators.GT, "
                + Floats.literal(decision.floor())
                + "))";
    method.addStatement(
        "$T wins$L = s$L.compare($T.$L, top)$L",
        mask,
        k,
        k,
        OPERATORS,
        decision.lowestWins() ? "GT" : "GE",
        floored);
    if (margins) {
      method.addStatement("next = next.max(top.min(s$L))", k);
    }
    method.addStatement("top = top.max(s$L)", k);
    method.addStatement("kernel = kernel.blend($Lf, wins$L)", k, k);
  }

  private static void decideEnd(MethodSpec.Builder method, boolean last, boolean margins) {
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

  // ------------------------------------------------------------------------------ entry points

  private MethodSpec entry(boolean margins) {
    MethodSpec.Builder method =
        MethodSpec.methodBuilder(margins ? "kernelsWithMargins" : "kernels")
            .addModifiers(Modifier.PUBLIC)
            .addJavadoc(
                "Chooses a kernel for each word from {@code from} up to but not at {@code to}.\n\n"
                    + "@param words instruction words\n"
                    + "@param pcs their addresses$L\n"
                    + "@param kernels receives kernel indices, at the words' places\n",
                readsPc ? "" : "; not read, since no weight reaches the pc, and may be null")
            .addParameter(INTS, "words")
            .addParameter(LONGS, "pcs")
            .addParameter(INTS, "kernels");
    if (margins) {
      method.addJavadoc(
          "@param margins receives best score less second best, the floor counting as a score\n");
      method.addParameter(FLOATS, "margins");
    }
    method.addParameter(TypeName.INT, "from").addParameter(TypeName.INT, "to");
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
    decideCalls(method, margins, "kernels", "margins", "at", "BLOCK");
    method.endControlFlow();
    method.addStatement("int rest = to - at");
    method.beginControlFlow("if (rest > 0)");
    method.addStatement("System.arraycopy(words, at, lastWords, 0, rest)");
    if (readsPc) {
      method.addStatement("System.arraycopy(pcs, at, lastPcs, 0, rest)");
    }
    method.addStatement("int n = (rest + LANES - 1) / LANES * LANES");
    method.addStatement("forward(lastWords, $L, 0, n)", readsPc ? "lastPcs" : "pcs");
    decideCalls(method, margins, "lastKernels", "lastMargins", "0", "n");
    method.addStatement("System.arraycopy(lastKernels, 0, kernels, at, rest)");
    if (margins) {
      method.addStatement("System.arraycopy(lastMargins, 0, margins, at, rest)");
    }
    method.endControlFlow();
  }

  private void decideCalls(
      MethodSpec.Builder method, boolean margins, String out, String gaps, String from, String n) {
    int kernels = plan.spec().kernels().size();
    for (int part = 0; part * MOST_STEPS < kernels; part++) {
      String arguments = out + (margins ? ", " + gaps : "") + ", " + from + ", " + n;
      method.addStatement("$L($L)", decideName(part, margins), arguments);
    }
  }
}
