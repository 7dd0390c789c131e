package dev.axon64.codegen.emit.dispatch.java;

import static dev.axon64.codegen.emit.dispatch.java.JavaDispatchBackend.INTS;
import static dev.axon64.codegen.emit.dispatch.java.JavaNames.FLOAT_VECTOR;
import static dev.axon64.codegen.emit.dispatch.java.JavaNames.INT_VECTOR;
import static dev.axon64.codegen.emit.dispatch.java.JavaNames.OPERATORS;

import com.palantir.javapoet.MethodSpec;
import dev.axon64.codegen.emit.dispatch.java.SumSplitter.Piece;
import dev.axon64.codegen.network.ForwardPlan;
import dev.axon64.codegen.network.ForwardPlan.PlannedLayer;
import dev.axon64.codegen.network.PackedScores;
import dev.axon64.codegen.network.WholePlan;
import java.util.List;

/** Emits the decision over {@link PackedScores}: integer maxima of float bit patterns. */
final class PackedDecision implements DecisionEmitter {
  private final ForwardPlan plan;
  private final PackedScores packed;
  private final PlannedLayer layer;
  private final Lane inputs;
  private final BlockMethods methods;

  PackedDecision(ForwardPlan plan, PackedScores packed, BlockMethods methods) {
    this(plan, packed, packed.layer(), Lane.FLOAT, methods);
  }

  /** Decides on the whole numbers of the layer before, computed in {@code inputs}. */
  PackedDecision(WholePlan whole, Lane inputs, BlockMethods methods) {
    this(whole.plan(), whole.packed(), whole.layers().getLast(), inputs, methods);
  }

  private PackedDecision(
      ForwardPlan plan,
      PackedScores packed,
      PlannedLayer layer,
      Lane inputs,
      BlockMethods methods) {
    this.plan = plan;
    this.packed = packed;
    this.layer = layer;
    this.inputs = inputs;
    this.methods = methods;
  }

  @Override
  public void emitScores() {
    methods.buffer(INTS, "best", "new int[BLOCK]");
    methods.buffer(INTS, "second", "new int[BLOCK]");
    if (needsScoreBuffer()) {
      methods.unitBuffer(BlockMethods.values(last()), Lane.FLOAT, layer.units().size());
    }
  }

  private int last() {
    return plan.layers().size() - 1;
  }

  private List<List<Piece>> parts() {
    return SumSplitter.compared(layer);
  }

  /** Whether some sum is too long for one method, so that scores pass through memory. */
  private boolean needsScoreBuffer() {
    return parts().stream().flatMap(List::stream).anyMatch(piece -> !piece.last());
  }

  @Override
  public void emitDecision(boolean margins) {
    List<List<Piece>> parts = parts();
    for (int part = 0; part < parts.size(); part++) {
      methods.addAside(decide(part, parts, margins));
    }
  }

  @Override
  public void call(MethodSpec.Builder method, boolean margins, String arguments) {
    for (int part = 0; part < parts().size(); part++) {
      method.addStatement("$L($L)", name(part, margins), arguments);
    }
  }

  private static String name(int part, boolean margins) {
    return (margins ? "decideWithMargin" : "decide") + part;
  }

  private MethodSpec decide(int part, List<List<Piece>> parts, boolean margins) {
    MethodSpec.Builder method = ScoreDecision.signature(name(part, margins), margins);
    BlockMethods.vectorLoop(method);
    method.addStatement("$T top = $L", INT_VECTOR, stored(part, "best"));
    if (margins) {
      method.addStatement("$T next = $L", INT_VECTOR, stored(part, "second"));
    }
    new SumEmitter(plan, last(), layer, Lane.FLOAT, inputs, unit -> true)
        .sumsOf(method, parts.get(part), piece -> compare(method, piece, margins));
    if (part == parts.size() - 1) {
      end(method, margins);
    } else {
      method.addStatement("top.intoArray(best, i)");
      if (margins) {
        method.addStatement("next.intoArray(second, i)");
      }
    }
    return method.endControlFlow().build();
  }

  /** The score in a buffer, or zero, which is below every score. */
  private static String stored(int part, String buffer) {
    return part == 0 ? "IntVector.zero(I)" : "IntVector.fromArray(I, " + buffer + ", i)";
  }

  private void compare(MethodSpec.Builder method, Piece piece, boolean margins) {
    int u = piece.unit();
    if (!piece.last()) {
      method.addStatement("s$L.intoArray($L, $L * BLOCK + i)", u, BlockMethods.values(last()), u);
      return;
    }
    method.addStatement("$T p$L = s$L.reinterpretAsInts()", INT_VECTOR, u, u);
    if (margins) {
      method.addStatement("next = next.max(top.min(p$L))", u);
    }
    method.addStatement("top = top.max(p$L)", u);
  }

  private void end(MethodSpec.Builder method, boolean margins) {
    int kernels = layer.units().size();
    int mask = (1 << packed.codeBits()) - 1;
    String code = "top.and(" + mask + ")";
    String kernel =
        plan.spec().decision().lowestWins()
            ? "IntVector.broadcast(I, " + (kernels - 1) + ").sub(" + code + ")"
            : code;
    method.addStatement("$L.intoArray(kernels, from + i)", kernel);
    if (margins) {
      String shift = "lanewise(VectorOperators.ASHR, " + packed.codeBits() + ")";
      method.addStatement("$T steps = top.$L.sub(next.$L)", INT_VECTOR, shift, shift);
      method.addStatement(
          "$T gap = ($T) steps.convert($T.I2F, 0)", FLOAT_VECTOR, FLOAT_VECTOR, OPERATORS);
      if (kernels == 1) {
        method.addStatement("gap = $T.broadcast(F, Float.POSITIVE_INFINITY)", FLOAT_VECTOR);
      }
      method.addStatement(
          "gap.mul($L).intoArray(margins, from + i)",
          Floats.literal((float) Math.pow(2, packed.gridExponent())));
    }
  }
}
