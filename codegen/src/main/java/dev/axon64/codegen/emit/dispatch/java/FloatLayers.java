package dev.axon64.codegen.emit.dispatch.java;

import dev.axon64.codegen.network.ForwardPlan;

/** Emits hidden layers in float32, for any plan and any width of vectors. */
final class FloatLayers implements HiddenEmitter {
  private static final int BLOCK = 128;

  private final ForwardPlan plan;
  private final BlockMethods methods;

  FloatLayers(ForwardPlan plan, BlockMethods methods) {
    this.plan = plan;
    this.methods = methods;
  }

  @Override
  public int block() {
    return BLOCK;
  }

  @Override
  public Lane narrowest() {
    return Lane.FLOAT;
  }

  @Override
  public void emit() {
    methods.unitBuffer(BlockMethods.values(0), Lane.FLOAT, plan.table().size());
    new InputEmitter(plan, methods).emit();
    for (int l = 0; l < plan.layers().size() - 1; l++) {
      if (l > 0) {
        int units = plan.layers().get(l).units().size();
        methods.unitBuffer(BlockMethods.values(l), Lane.FLOAT, units);
      }
      new SumEmitter(plan, l, plan.layers().get(l)).emit(methods);
    }
  }
}
