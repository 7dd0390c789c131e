package dev.axon64.testkit;

import dev.axon64.codegen.network.Network;
import dev.axon64.codegen.network.ReferenceForward;
import dev.axon64.codegen.network.spec.TensorSlot;

/**
 * A network, and a word at an address that it is asked about.
 *
 * @param network with weights that the loader accepts
 */
public record Decision(Network network, int word, long pc) {
  /** The kernel that the network chooses, in the published order of sums. */
  public int expected() {
    return new ReferenceForward(network).kernel(word, pc);
  }

  /** The word, the address, and the weights that are not 0. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append("spec %s, word %08x at 0x%x%n".formatted(network.spec().name(), word, pc));
    float[] weights = network.weights();
    for (TensorSlot slot : network.spec().tensors()) {
      for (int i = slot.offset(); i < slot.end(); i++) {
        if (weights[i] != 0) {
          text.append("%s[%d] = %s%n".formatted(slot.name(), i - slot.offset(), weights[i]));
        }
      }
    }
    return text.toString();
  }
}
