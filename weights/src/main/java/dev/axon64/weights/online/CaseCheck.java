package dev.axon64.weights.online;

import dev.axon64.codegen.network.ForwardPlan;
import dev.axon64.codegen.network.ForwardPlan.PlannedLayer;
import dev.axon64.codegen.network.ForwardPlan.Term;
import dev.axon64.codegen.network.ForwardPlan.Unit;
import dev.axon64.codegen.network.Lowering;
import dev.axon64.codegen.network.Network;
import dev.axon64.codegen.network.spec.LayerSpec.Activation;
import dev.axon64.weights.data.Columns;
import java.util.BitSet;
import java.util.List;

/**
 * Evaluates a lowered network without making a class of it, which is a thousand times as fast for
 * one look. It tells which networks are worth a class; {@link CaseProof} decides what is served.
 */
final class CaseCheck {
  private final ForwardPlan plan;
  private final float[][] values;

  private CaseCheck(Network network) {
    this.plan = Lowering.lower(network);
    this.values =
        plan.layers().stream().map(l -> new float[l.units().size()]).toArray(float[][]::new);
  }

  /** The examples that a network has right, each at its pc. */
  static BitSet right(Network network, Columns examples) {
    CaseCheck check = new CaseCheck(network);
    BitSet right = new BitSet();
    for (int i = 0; i < examples.size(); i++) {
      if (check.kernel(examples, i) == examples.labels()[i]) {
        right.set(i);
      }
    }
    return right;
  }

  private int kernel(Columns examples, int example) {
    int width = examples.features().length;
    float[] inputs = examples.byExample();
    int at = example * width;
    for (int l = 0; l < values.length; l++) {
      PlannedLayer layer = plan.layers().get(l);
      List<Unit> units = layer.units();
      float[] outputs = values[l];
      for (int u = 0; u < outputs.length; u++) {
        Unit unit = units.get(u);
        float sum = l == 0 ? plan.table().get(u)[examples.rows()[example]] : unit.bias();
        for (Term term : unit.terms()) {
          sum += term.weight() * inputs[at + term.input()];
        }
        outputs[u] = layer.activation() == Activation.RELU ? Math.max(sum, 0f) : sum;
      }
      inputs = outputs;
      at = 0;
    }
    return plan.spec().decision().choose(inputs);
  }
}
