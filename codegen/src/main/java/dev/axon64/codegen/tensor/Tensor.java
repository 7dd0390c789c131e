package dev.axon64.codegen.tensor;

import java.util.Arrays;
import java.util.List;

/**
 * A named array of float32 in C order (last dimension fastest). Immutable: the array is copied on
 * the way in and on the way out, so take {@link #data()} once, outside a loop.
 *
 * @param name as the file has it; empty for a lone array
 * @param shape dimensions, outermost first; an empty list is a scalar
 * @param data as many values as the product of {@code shape}
 */
public record Tensor(String name, List<Integer> shape, float[] data) {
  /**
   * @throws IllegalArgumentException if a dimension is negative or the product of {@code shape} is
   *     not {@code data.length}
   */
  public Tensor {
    shape = List.copyOf(shape);
    data = data.clone();
    long count = Shapes.count(shape);
    if (name == null || count != data.length) {
      throw new IllegalArgumentException(
          Shapes.subject(name) + " of shape " + shape + " cannot hold " + data.length + " values");
    }
  }

  /** A copy of the values, in C order. */
  @Override
  public float[] data() {
    return data.clone();
  }

  /** How many values there are. */
  public int size() {
    return data.length;
  }

  /** The value at a position of the C order, 0 to {@code size() - 1}. */
  public float at(int position) {
    return data[position];
  }

  /** The same values under another name. */
  public Tensor named(String other) {
    return new Tensor(other, shape, data);
  }

  /** Whether names, shapes and bit patterns are equal, so that 0.0 and -0.0 differ. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Tensor that
        && name.equals(that.name)
        && shape.equals(that.shape)
        && Arrays.equals(data, that.data);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * name.hashCode() + shape.hashCode()) + Arrays.hashCode(data);
  }

  @Override
  public String toString() {
    return Shapes.subject(name) + " " + shape;
  }
}
