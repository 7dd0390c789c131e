package dev.axon64.weights.companion;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;

/**
 * What is learnt at some columns of an output.
 *
 * @param output whose
 * @param first column
 * @param end column behind the last
 * @param loss which
 * @param weight beside the other heads
 */
record Head(String output, int first, int end, Loss loss, double weight) {
  /** Kinds of error. */
  enum Loss {
    /** Cross entropy; the columns are the logarithms of probabilities, but for a constant. */
    LOGITS,
    /** Cross entropy; the columns are probabilities of classes that exclude each other. */
    PROBABILITIES,
    /** Cross entropy of all right classes together; the columns are probabilities. */
    ANY,
    /** Cross entropy; each column is a probability of its own. */
    EACH,
    /** Distance, squared where it is below 1. */
    NUMBER
  }

  private static final float LEAST = 1e-7f;

  /**
   * The error, a scalar.
   *
   * @param output [batch][steps][columns of the head]
   * @param target of the same shape
   * @param counts of the same shape: 1 where an output counts, else 0
   */
  NDArray error(NDArray output, NDArray target, NDArray counts) {
    NDArray each =
        switch (loss) {
          case LOGITS -> output.logSoftmax(-1).mul(target).neg();
          case PROBABILITIES -> output.add(LEAST).log().mul(target).neg();
          case ANY -> output.mul(target).sum(new int[] {-1}, true).add(LEAST).log().neg();
          case EACH ->
              output
                  .add(LEAST)
                  .log()
                  .mul(target)
                  .add(output.neg().add(1 + LEAST).log().mul(target.neg().add(1)))
                  .neg();
          case NUMBER -> {
            NDArray off = output.sub(target).abs();
            NDArray small = off.minimum(1f);
            yield small.square().mul(0.5f).add(Activation.relu(off.sub(1f)));
          }
        };
    NDArray all = each.mul(counts).sum();
    // Of classes only the right one has an error, but all columns of its row count.
    boolean one = loss == Loss.LOGITS || loss == Loss.PROBABILITIES;
    double scale = one ? end - first : 1;
    return all.mul((float) (weight * scale)).div(counts.sum().add(1e-3f));
  }
}
