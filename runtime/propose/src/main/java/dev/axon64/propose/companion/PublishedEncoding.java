package dev.axon64.propose.companion;

/**
 * The published network's encoding, as its public training program has it: ten features of the
 * distance in bytes to the access before; eight distances ahead, each as {@code sign log(1 + |d|) /
 * 20}, to be added up. Only the first of them and the pattern were trained.
 */
final class PublishedEncoding implements OracleEncoding {
  private static final double SCALE = 20;

  private final int delta;
  private final int confidence;

  /**
   * @param delta where the distances stand in the outputs
   * @param confidence where the confidences stand
   */
  PublishedEncoding(int delta, int confidence) {
    this.delta = delta;
    this.confidence = confidence;
  }

  @Override
  public void write(AccessWindow window, float[] inputs) {
    for (int age = AccessWindow.EVENTS - 1, at = 0; age >= 0; age--, at += OracleFeatures.EVENT) {
      event(window, age, inputs, at);
    }
  }

  private static void event(AccessWindow window, int age, float[] to, int at) {
    boolean known = age < window.events();
    long distance = known ? window.address(age) - window.address(age + 1) : 0;
    long size = Math.abs(distance);
    to[at] = (float) (distance / 1e6);
    to[at + 1] = (float) (StrictMath.log1p(size) / SCALE);
    to[at + 2] = distance >= 0 ? 1 : -1;
    to[at + 3] = size <= 8 ? 1 : 0;
    to[at + 4] = size > 0 && size % 8 == 0 && size <= 64 && size != 40 && size != 56 ? 1 : 0;
    to[at + 5] = size % 4 == 0 ? 1 : 0;
    to[at + 6] = size % 8 == 0 ? 1 : 0;
    to[at + 7] = known ? Math.min(window.size(age), 8) / 8f : 0;
    to[at + 8] = known && !window.write(age) ? 1 : 0;
    to[at + 9] = known ? (window.pc(age) & 0xff) / 255f : 0;
  }

  @Override
  public int read(float[] outputs, AccessWindow window, long[] steps, float[] confidences) {
    long address = window.address(0);
    int count = 0;
    for (int i = 0; i < OracleFeatures.CANDIDATES; i++) {
      double value = outputs[delta + i];
      address += (long) (Math.signum(value) * StrictMath.expm1(Math.abs(value) * SCALE));
      long step = (address >> window.blockShift()) - window.block(0);
      if (step != 0) {
        steps[count] = step;
        confidences[count++] = outputs[confidence + i];
      }
    }
    return count;
  }
}
