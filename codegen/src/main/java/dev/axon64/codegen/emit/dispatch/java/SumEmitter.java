package dev.axon64.codegen.emit.dispatch.java;

import static dev.axon64.codegen.emit.dispatch.java.JavaNames.FLOAT_VECTOR;
import static dev.axon64.codegen.emit.dispatch.java.JavaNames.INT_VECTOR;
import static dev.axon64.codegen.emit.dispatch.java.JavaNames.OPERATORS;
import static dev.axon64.codegen.emit.dispatch.java.JavaNames.VECTOR_MASK;

import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import dev.axon64.codegen.emit.dispatch.java.SumSplitter.Piece;
import dev.axon64.codegen.network.ForwardPlan;
import dev.axon64.codegen.network.ForwardPlan.PlannedLayer;
import dev.axon64.codegen.network.ForwardPlan.Term;
import dev.axon64.codegen.network.spec.Feature;
import dev.axon64.codegen.network.spec.LayerSpec.Activation;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntPredicate;

/**
 * Emits the sums of a block's units: one loop per method, a few units per loop, and lanes are
 * words.
 */
final class SumEmitter {
  private static final TypeName MASK = ParameterizedTypeName.get(VECTOR_MASK, TypeName.FLOAT.box());

  private final ForwardPlan plan;
  private final int l;
  private final PlannedLayer layer;
  private final Lane lane;
  private final Lane inputs;
  private final IntPredicate rectified;
  private final List<Integer> buffered;

  /** Sums float32, as the plan has them. */
  SumEmitter(ForwardPlan plan, int l, PlannedLayer layer) {
    this(plan, l, layer, Lane.FLOAT, Lane.FLOAT, unit -> true);
  }

  /**
   * @param lane of the sums
   * @param inputs the lane that the layer before was computed in
   * @param rectified the units whose sums can be negative
   */
  SumEmitter(
      ForwardPlan plan, int l, PlannedLayer layer, Lane lane, Lane inputs, IntPredicate rectified) {
    this.plan = plan;
    this.l = l;
    this.layer = layer;
    this.lane = lane;
    this.inputs = inputs;
    this.rectified = rectified;
    this.buffered = InputEmitter.buffered(plan);
  }

  /** Emits every unit of the layer into its buffer. */
  void emit(BlockMethods methods) {
    methodsOf(
        methods,
        (method, piece) ->
            method.addStatement(
                "s$L.intoArray($L, $L * BLOCK + i)",
                piece.unit(),
                BlockMethods.values(l),
                piece.unit()));
  }

  private interface Ending {
    void emit(MethodSpec.Builder method, Piece piece);
  }

  private void methodsOf(BlockMethods methods, Ending ending) {
    List<List<Piece>> parts = SumSplitter.methods(layer);
    for (int m = 0; m < parts.size(); m++) {
      MethodSpec.Builder method =
          BlockMethods.vectorLoop(BlockMethods.method("layer" + l + "Part" + m), lane);
      sums(method, parts.get(m), ending);
      methods.add(method);
    }
  }

  /** The statements of one loop's body; each finished or cut sum is handed to {@code ending}. */
  private void sums(MethodSpec.Builder method, List<Piece> pieces, Ending ending) {
    Set<String> loaded = new HashSet<>();
    for (Piece piece : pieces) {
      piece.terms().forEach(term -> load(method, term, loaded));
      sum(method, piece);
      ending.emit(method, piece);
    }
  }

  /** Emits sums of whole units only, as the packed decision needs them. */
  void sumsOf(MethodSpec.Builder method, List<Piece> pieces, Consumer<Piece> then) {
    sums(method, pieces, (unused, piece) -> then.accept(piece));
  }

  /** {@code FloatVector v3 = ...}, or for a word's bit {@code VectorMask<Float> b3 = ...}, once. */
  private void load(MethodSpec.Builder method, Term term, Set<String> loaded) {
    String name = input(term);
    if (!loaded.add(name)) {
      return;
    }
    if (isBit(term)) {
      Feature.Scaled feature = (Feature.Scaled) plan.spec().features().get(term.input());
      if (loaded.add("w")) {
        method.addStatement("$T w = $T.fromArray(I, words, from + i)", INT_VECTOR, INT_VECTOR);
      }
      method.addStatement(
          "$T $L = w.and($L).compare($T.NE, 0).cast(F)",
          MASK,
          name,
          Floats.bit(feature.bits().low()),
          OPERATORS);
    } else {
      String buffer = l == 0 ? "x" : BlockMethods.values(l - 1);
      method.addStatement(
          "$T $L = $L", lane.vector(), name, lane.load(inputs, buffer, place(term)));
    }
  }

  private boolean isBit(Term term) {
    return l == 0 && InputEmitter.isWordBit(plan, term.input());
  }

  private String input(Term term) {
    return isBit(term) ? "b" + term.input() : "v" + place(term);
  }

  private int place(Term term) {
    return l == 0 ? buffered.indexOf(term.input()) : term.input();
  }

  private void sum(MethodSpec.Builder method, Piece piece) {
    int u = piece.unit();
    if (l == 0 || !piece.first()) {
      method.addStatement(
          "$T s$L = $L", lane.vector(), u, lane.load(lane, BlockMethods.values(l), u));
    } else {
      method.addStatement(
          "$T s$L = $T.broadcast($L, $L)",
          lane.vector(),
          u,
          lane.vector(),
          lane.species(),
          lane.literal(layer.units().get(u).bias()));
    }
    for (Term term : piece.terms()) {
      add(method, "s" + u, term);
    }
    if (piece.last() && layer.activation() == Activation.RELU && rectified.test(u)) {
      rectify(method, "s" + u);
    }
  }

  private void rectify(MethodSpec.Builder method, String sum) {
    if (lane == Lane.SHORT) {
      method.addStatement("$L = $L.max((short) 0)", sum, sum);
    } else {
      // Not max: Java's treats NaN and -0 specially, which costs x86 five
      // instructions.
      method.addStatement("$L = $L.blend(0f, $L.compare($T.LT, 0f))", sum, sum, sum, OPERATORS);
    }
  }

  private void add(MethodSpec.Builder method, String sum, Term term) {
    String input = input(term);
    String weight = lane.literal(term.weight());
    if (isBit(term)) {
      // weight * 1 is the weight, and weight * 0 changes no sum: the mask is exact in any order.
      method.addStatement("$L = $L.add($L, $L)", sum, sum, weight, input);
    } else if (plan.exact() && Math.abs(term.weight()) == 1) {
      method.addStatement("$L = $L.$L($L)", sum, sum, term.weight() > 0 ? "add" : "sub", input);
    } else if (plan.exact() && lane == Lane.FLOAT) {
      method.addStatement(
          "$L = $L.lanewise($T.FMA, $T.broadcast(F, $L), $L)",
          sum,
          input,
          OPERATORS,
          FLOAT_VECTOR,
          weight,
          sum);
    } else {
      method.addStatement("$L = $L.add($L.mul($L))", sum, sum, input, weight);
    }
  }
}
