package dev.axon64.codegen.network.program;

/**
 * How a tensor lies in the weights: its outputs in groups, each padded with zeros to a multiple of
 * {@link Step#LANES}; the padded outputs cut into blocks, each of them transposed to
 * [inputs][outputs of the block], so that a block's sums read the weights from front to back.
 *
 * @param parameter the tensor's name
 * @param to where it goes
 * @param groups of outputs
 * @param rows outputs of a group
 * @param columns inputs; 1 for a vector
 * @param block padded outputs of a block
 */
public record PackedTensor(
    String parameter, Buffer to, int groups, int rows, int columns, int block) {
  private static final int MOST_BLOCK = 4 * Step.LANES;

  /** The largest block that divides {@code outputs}, which is a multiple of lanes. */
  static int blockOf(int outputs) {
    int block = MOST_BLOCK;
    while (outputs % block != 0) {
      block /= 2;
    }
    return block;
  }

  /** The number of float32 that all outputs of an input take. */
  public int outputs() {
    return groups * Step.padded(rows);
  }

  /** The place of an input's weight for a lane of a block; a counter that is null counts as 0. */
  Index place(int firstBlock, Counter block, Counter input, Counter lane) {
    Index place = Index.at(firstBlock * block() * columns).plus(lane, 1);
    Index ofBlock = block == null ? place : place.plus(block, block() * columns);
    return input == null ? ofBlock : ofBlock.plus(input, block());
  }

  /** Copies row-major [outputs][inputs] values to their places. */
  void pack(float[] values, float[] weights) {
    for (int o = 0; o < groups * rows; o++) {
      int output = o / rows * Step.padded(rows) + o % rows;
      int start = to.offset() + output / block * block * columns + output % block;
      for (int k = 0; k < columns; k++) {
        weights[start + k * block] = values[o * columns + k];
      }
    }
  }
}
