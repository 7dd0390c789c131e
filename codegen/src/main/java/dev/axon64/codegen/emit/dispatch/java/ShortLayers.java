package dev.axon64.codegen.emit.dispatch.java;

import com.palantir.javapoet.TypeSpec;
import dev.axon64.codegen.network.ForwardPlan.PlannedLayer;
import dev.axon64.codegen.network.WholePlan;
import java.util.ArrayList;
import java.util.List;

/**
 * Emits hidden layers on whole numbers, for vectors of 512 bits: in 16-bit lanes from the first one
 * on for as long as sums fit, in float32 from there.
 */
final class ShortLayers implements HiddenEmitter {
  private static final int BLOCK = 512;

  private final WholePlan whole;
  private final TypeSpec.Builder type;
  private final BlockMethods methods;
  private final List<Lane> lanes = new ArrayList<>();

  ShortLayers(WholePlan whole, TypeSpec.Builder type, BlockMethods methods) {
    this.whole = whole;
    this.type = type;
    this.methods = methods;
    for (int l = 0; l < whole.layers().size() - 1; l++) {
      boolean fits = !lanes.contains(Lane.FLOAT) && whole.bits(l) <= Short.SIZE;
      lanes.add(fits ? Lane.SHORT : Lane.FLOAT);
    }
  }

  @Override
  public int block() {
    return BLOCK;
  }

  @Override
  public Lane narrowest() {
    return Lane.SHORT;
  }

  /** The lanes of the last hidden layer. */
  Lane lastLane() {
    return lanes.getLast();
  }

  @Override
  public void emit() {
    new RowEmitter(whole, type, methods).emit();
    for (int layer = 1; layer < lanes.size(); layer++) {
      int l = layer;
      PlannedLayer planned = whole.layers().get(l);
      methods.unitBuffer(BlockMethods.values(l), lanes.get(l), planned.units().size());
      new SumEmitter(
              whole.plan(),
              l,
              planned,
              lanes.get(l),
              lanes.get(l - 1),
              unit -> whole.canBeNegative(l, unit))
          .emit(methods);
    }
  }
}
