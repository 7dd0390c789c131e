package dev.axon64.codegen.emit.dispatch.java;

import static dev.axon64.codegen.emit.dispatch.java.JavaNames.FLOAT_VECTOR;
import static dev.axon64.codegen.emit.dispatch.java.JavaNames.INT_VECTOR;
import static dev.axon64.codegen.emit.dispatch.java.JavaNames.OPERATORS;

import com.palantir.javapoet.MethodSpec;
import dev.axon64.codegen.network.ForwardPlan;
import dev.axon64.codegen.network.spec.BitField;
import dev.axon64.codegen.network.spec.Feature;
import dev.axon64.codegen.network.spec.Source;
import java.util.List;

/** Emits the start of a block: features as float32, and the table's rows as the first sums. */
final class InputEmitter {
  private final ForwardPlan plan;
  private final BlockMethods methods;

  InputEmitter(ForwardPlan plan, BlockMethods methods) {
    this.plan = plan;
    this.methods = methods;
  }

  /**
   * The features that pass through the buffer {@code x}; single bits of the word are masks instead.
   */
  static List<Integer> buffered(ForwardPlan plan) {
    return plan.liveFeatures().stream().filter(f -> !isWordBit(plan, f)).toList();
  }

  /**
   * Whether a feature is one undivided bit of the word, so that its weight can be added under a
   * mask.
   */
  static boolean isWordBit(ForwardPlan plan, int feature) {
    return plan.spec().features().get(feature) instanceof Feature.Scaled scaled
        && scaled.divisor() == 1
        && scaled.bits().width() == 1
        && scaled.bits().source() == Source.WORD;
  }

  void emit() {
    List<Integer> features = buffered(plan);
    methods.unitBuffer("x", Lane.FLOAT, features.size());
    for (int place = 0; place < features.size(); place++) {
      input(features.get(place), place);
    }
    int units = plan.table().size();
    for (int first = 0; first < units; first += BlockMethods.MOST_STEPS) {
      starts(first, Math.min(units, first + BlockMethods.MOST_STEPS));
    }
  }

  private void input(int f, int place) {
    Feature feature = plan.spec().features().get(f);
    MethodSpec.Builder method = BlockMethods.method("input" + f);
    if (feature instanceof Feature.Scaled scaled) {
      if (scaled.bits().source() == Source.WORD) {
        wordField(method, scaled, place);
      } else {
        pcField(method, scaled, place);
      }
    } else {
      BlockMethods.vectorLoop(method)
          .addStatement(
              "$T.broadcast(F, $L).intoArray(x, $L * BLOCK + i)",
              FLOAT_VECTOR,
              Floats.literal(feature.greatest()),
              place);
    }
    methods.add(method);
  }

  private static void wordField(MethodSpec.Builder method, Feature.Scaled feature, int place) {
    BlockMethods.vectorLoop(method)
        .addStatement("$T w = $T.fromArray(I, words, from + i)", INT_VECTOR, INT_VECTOR)
        .addStatement(
            "$T v = w.lanewise($T.LSHR, $L).and($L)",
            INT_VECTOR,
            OPERATORS,
            feature.bits().low(),
            feature.bits().mask())
        .addStatement(
            "(($T) v.convert($T.I2F, 0))$L.intoArray(x, $L * BLOCK + i)",
            FLOAT_VECTOR,
            OPERATORS,
            feature.divisor() == 1 ? "" : ".div(" + Floats.literal(feature.divisor()) + ")",
            place);
  }

  /** Narrows a pc field to int word by word, since a vector has only half as many 64-bit lanes. */
  private static void pcField(MethodSpec.Builder method, Feature.Scaled feature, int place) {
    BlockMethods.wordLoop(method)
        .addStatement(
            "x[$L * BLOCK + i] = ((int) (pcs[from + i] >>> $L) & $L)$L",
            place,
            feature.bits().low(),
            feature.bits().mask(),
            feature.divisor() == 1 ? "" : " / " + Floats.literal(feature.divisor()));
  }

  /**
   * Reads the starts of the first layer's sums: one row of the table per word. Plain loads and
   * stores beat the Vector API's gather, whose index checks cost more than the gather itself.
   */
  private void starts(int first, int end) {
    BitField index = plan.spec().index();
    String bits =
        index.source() == Source.WORD
            ? "words[from + i] >>> " + index.low()
            : "(int) (pcs[from + i] >>> " + index.low() + ")";
    MethodSpec.Builder method = BlockMethods.wordLoop(BlockMethods.method("start" + first));
    method.addStatement(
        "int row = ($L & $L) * $L", bits, index.mask(), TableEmitter.padded(plan.table().size()));
    for (int u = first; u < end; u++) {
      method.addStatement("$L[$L * BLOCK + i] = ROWS[row + $L]", BlockMethods.values(0), u, u);
    }
    methods.add(method);
  }
}
