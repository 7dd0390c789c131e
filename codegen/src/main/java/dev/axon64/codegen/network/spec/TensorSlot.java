package dev.axon64.codegen.network.spec;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Where a tensor lies in the flat weight vector.
 *
 * @param name unique in its spec
 * @param shape extents, outermost first; data is row-major
 * @param offset index of its first value
 */
public record TensorSlot(String name, List<Integer> shape, int offset) {
  public TensorSlot {
    shape = List.copyOf(shape);
  }

  /** The number of values. */
  public int size() {
    return shape.stream().reduce(1, Math::multiplyExact);
  }

  /** The index after its last value. */
  public int end() {
    return offset + size();
  }

  /** The shape as spec text has it, {@code 32x44}. */
  public String shapeText() {
    return shape.stream().map(String::valueOf).collect(Collectors.joining("x"));
  }
}
