package dev.axon64.codegen.network.graph;

import java.util.List;

/**
 * A tensor of weights.
 *
 * @param name as PyTorch's {@code state_dict} has it
 * @param shape outermost dimension first; a matrix is [outputs][inputs]
 */
public record Parameter(String name, List<Integer> shape) {
  public Parameter {
    shape = List.copyOf(shape);
  }

  static Parameter of(String path, String name, Integer... shape) {
    return new Parameter(path + "." + name, List.of(shape));
  }

  /** The number of float32 in it. */
  public int size() {
    return shape.stream().mapToInt(Integer::intValue).reduce(1, Math::multiplyExact);
  }
}
