package dev.axon64.weights.train;

/**
 * Adam (Kingma, Ba 2015) with a proximal L1 step. It uses multiplications, divisions and square
 * roots alone, which IEEE 754 rounds the same everywhere.
 */
final class Adam {
  private static final float FIRST_DECAY = 0.9f;

  private static final float EPSILON = 1e-8f;

  private final float secondDecay;
  final float[] first;
  final float[] second;

  /** {@code 1 - decay^steps}, kept by multiplication: Math.pow may differ between machines. */
  double firstPower = 1;

  double secondPower = 1;

  /**
   * @param weights how many
   * @param secondDecay what is kept of the second moment from step to step
   */
  Adam(int weights, float secondDecay) {
    this.secondDecay = secondDecay;
    this.first = new float[weights];
    this.second = new float[weights];
  }

  /** Counts a step; call before {@link #update} of the step's weights. */
  void nextStep() {
    firstPower *= FIRST_DECAY;
    secondPower *= secondDecay;
  }

  /**
   * Moves the live weights from {@code from} to {@code to - 1} against their gradient.
   *
   * @param rate greatest move of a weight, about
   * @param shrink how far a weight is then pulled to zero
   */
  void update(
      float[] weights,
      boolean[] live,
      float[] gradient,
      int from,
      int to,
      float rate,
      float shrink) {
    float firstScale = (float) (rate / (1 - firstPower));
    float secondScale = (float) (1 / (1 - secondPower));
    for (int i = from; i < to; i++) {
      float g = gradient[i];
      float m = FIRST_DECAY * first[i] + (1 - FIRST_DECAY) * g;
      float v = secondDecay * second[i] + (1 - secondDecay) * g * g;
      first[i] = m;
      second[i] = v;
      float size = (float) Math.sqrt(v * secondScale) + EPSILON;
      float weight = weights[i] - firstScale * m / size;
      float pulled = Math.max(weight - shrink, 0f) + Math.min(weight + shrink, 0f);
      weights[i] = live[i] ? pulled : 0f;
    }
  }
}
