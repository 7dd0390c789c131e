package dev.axon64.codegen.loops;

/**
 * How a tensor lies in the weights: transposed to [inputs][outputs], the outputs in groups, each
 * padded with zeros to a multiple of {@link Step#LANES}.
 *
 * @param parameter the tensor's name
 * @param to where it goes
 * @param groups of outputs
 * @param rows outputs of a group
 * @param columns inputs; 1 for a vector
 */
public record PackedTensor(String parameter, Buffer to, int groups, int rows, int columns) {
  /** Float32 of one group, padding included. */
  public int groupWidth() {
    return Step.padded(rows);
  }

  /** Float32 of all outputs of an input. */
  public int stride() {
    return groups * groupWidth();
  }

  /** Copies row-major [outputs][inputs] values to their places. */
  void pack(float[] values, float[] weights) {
    for (int o = 0; o < groups * rows; o++) {
      int place = to.offset() + o / rows * groupWidth() + o % rows;
      for (int k = 0; k < columns; k++) {
        weights[place + k * stride()] = values[o * columns + k];
      }
    }
  }
}
