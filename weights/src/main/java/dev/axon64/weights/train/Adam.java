package dev.axon64.weights.train;

/**
 * Adam (Kingma, Ba 2015) with a proximal L1 step. Multiplications, divisions and square roots
 * alone, which IEEE 754 rounds the same everywhere. The second moment decays faster than usual: a
 * hinge's gradient is zero most of the time, and a long memory of zeros makes the next step a leap.
 */
final class Adam {
  private static final float FIRST_DECAY = 0.9f;
  private static final float SECOND_DECAY = 0.99f;
  private static final float EPSILON = 1e-8f;

  final float[] first;
  final float[] second;

  /** {@code 1 - decay^steps}, kept by multiplication: Math.pow may differ between machines. */
  double firstPower = 1;

  double secondPower = 1;

  Adam(int weights) {
    this.first = new float[weights];
    this.second = new float[weights];
  }

  /** Counts a step; call before {@link #update} of the step's weights. */
  void nextStep() {
    firstPower *= FIRST_DECAY;
    secondPower *= SECOND_DECAY;
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
      float v = SECOND_DECAY * second[i] + (1 - SECOND_DECAY) * g * g;
      first[i] = m;
      second[i] = v;
      float size = (float) Math.sqrt(v * secondScale) + EPSILON;
      float weight = weights[i] - firstScale * m / size;
      float pulled = Math.max(weight - shrink, 0f) + Math.min(weight + shrink, 0f);
      weights[i] = live[i] ? pulled : 0f;
    }
  }
}
