package dev.axon64.codegen.tensor;

import dev.axon64.codegen.support.InputException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * How a tensor lies in stored values: where it begins and how far apart neighbours are along each
 * dimension, counted in values. C order, Fortran order and PyTorch's views are all of this form, so
 * the one place that reads values, and refuses bad ones, is here.
 *
 * @param shape a checked shape, see {@link Shapes#checked}
 * @param strides one for each dimension, not negative
 * @param offset of the first value, not negative
 */
record StridedView(List<Integer> shape, List<Long> strides, long offset) {

  /** Returns the layout whose last dimension is the fastest, as NumPy and safetensors have it. */
  static StridedView rowMajor(List<Integer> shape) {
    Long[] strides = new Long[shape.size()];
    long step = 1;
    for (int d = strides.length - 1; d >= 0; d--) {
      strides[d] = step;
      step *= Math.max(1, shape.get(d));
    }
    return new StridedView(shape, List.of(strides), 0);
  }

  /** Returns the layout whose first dimension is the fastest: NumPy's {@code fortran_order}. */
  static StridedView columnMajor(List<Integer> shape) {
    Long[] strides = new Long[shape.size()];
    long step = 1;
    for (int d = 0; d < strides.length; d++) {
      strides[d] = step;
      step *= Math.max(1, shape.get(d));
    }
    return new StridedView(shape, List.of(strides), 0);
  }

  /** Whether every value of the view is among the first {@code stored} ones; overflow is no. */
  boolean liesWithin(long stored) {
    long last = offset;
    if (last < 0 || last > stored) {
      return false;
    }
    if (Shapes.count(shape) == 0) {
      return true;
    }
    for (int d = 0; d < shape.size(); d++) {
      long steps = shape.get(d) - 1L;
      long stride = strides.get(d);
      if (stride < 0 || (steps > 0 && stride > (stored - last) / steps)) {
        return false;
      }
      last += steps * stride;
    }
    return last < stored;
  }

  /**
   * Reads the values in C order.
   *
   * @param bytes the stored values, which the view {@linkplain #liesWithin lies within}
   * @throws InputException naming tensor and index, if a value is not finite or not exactly a
   *     float32
   */
  Tensor read(String where, String name, ElementType type, ByteBuffer bytes) {
    float[] data = new float[(int) Shapes.count(shape)];
    int[] index = new int[shape.size()];
    long element = offset;
    for (int flat = 0; flat < data.length; flat++) {
      double value = type.at(bytes, (int) (element * type.size));
      data[flat] = (float) value;
      if (data[flat] != value || Float.isInfinite(data[flat])) {
        throw new InputException(where, complaint(name, value, flat));
      }
      element += advance(index);
    }
    return new Tensor(name, shape, data);
  }

  /** Counts the index up by one and says how many stored values that moves. */
  private long advance(int[] index) {
    long move = 0;
    for (int d = index.length - 1; d >= 0; d--) {
      if (++index[d] < shape.get(d)) {
        return move + strides.get(d);
      }
      index[d] = 0;
      move -= (shape.get(d) - 1) * strides.get(d);
    }
    return move;
  }

  private String complaint(String name, double value, int flat) {
    String at = Shapes.subject(name) + " holds " + value + " at " + Shapes.index(shape, flat);
    return Double.isFinite(value)
        ? at + ", which is not exactly a float32; convert the tensor to float32 and save it again"
        : at + "; weights must be finite, so train or export it again";
  }
}
