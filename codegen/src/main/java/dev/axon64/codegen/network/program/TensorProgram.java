package dev.axon64.codegen.network.program;

import dev.axon64.codegen.network.graph.GraphWeights;
import java.util.List;

/**
 * A network as loops over float32 buffers. Immutable, and checked on construction: every access
 * stays in its buffer and every iteration of lanes is independent.
 *
 * <p>Every operation is that of IEEE 754, so NaN, infinities and subnormal values are kept; NaN in
 * an output is always 0x7fc00000.
 *
 * @param name the graph's
 * @param steps in order
 * @param tensors how weights are packed
 * @param inputs float32 of a sample
 * @param weights float32 of the packed weights
 * @param scratch float32 of room for intermediate values
 * @param outputs float32 of an answer
 */
public record TensorProgram(
    String name,
    List<Step> steps,
    List<PackedTensor> tensors,
    int inputs,
    int weights,
    int scratch,
    int outputs) {
  /**
   * @throws IllegalArgumentException if a rule is broken
   */
  public TensorProgram {
    steps = List.copyOf(steps);
    tensors = List.copyOf(tensors);
    ProgramCheck.check(steps, inputs, weights, scratch, outputs);
  }

  /** Transposes and pads weights once, for every executor. */
  public float[] pack(GraphWeights values) {
    float[] packed = new float[weights];
    tensors.forEach(tensor -> tensor.pack(values.values(tensor.parameter()), packed));
    return packed;
  }
}
