package dev.axon64.weights.extend;

import dev.axon64.codegen.network.Network;
import dev.axon64.codegen.network.spec.DispatchSpec;
import dev.axon64.codegen.network.spec.TensorSlot;

/**
 * A network with one output more. All weights are kept; the new output's are those of the kernel
 * that had its words until now, and its bias is one less, so that at first it never wins and every
 * word keeps its kernel.
 */
final class GrownNetwork {
  private GrownNetwork() {}

  /**
   * Grows.
   *
   * @param spec the base's with one more kernel, the last
   */
  static Network of(Network base, DispatchSpec spec) {
    float[] from = base.weights();
    float[] to = new float[spec.parameters()];
    for (TensorSlot slot : base.spec().tensors()) {
      System.arraycopy(from, slot.offset(), to, spec.tensor(slot.name()).offset(), slot.size());
    }
    int layer = spec.layers().size() - 1;
    String name = spec.layers().get(layer).name();
    int inputs = spec.layers().get(layer).inputs();
    int grown = spec.kernels().size() - 1;
    int before = base.spec().groups().getLast().kernel();
    int matrix = spec.tensor(name + ".weight").offset();
    for (int i = 0; i < inputs; i++) {
      to[matrix + grown * inputs + i] = base.weight(layer, before, i);
    }
    to[spec.tensor(name + ".bias").offset() + grown] = base.bias(layer, before) - 1;
    return Network.of(spec, to, "the grown network");
  }
}
