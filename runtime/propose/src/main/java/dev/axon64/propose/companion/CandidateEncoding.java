package dev.axon64.propose.companion;

/** The shipped network's encoding: it weighs the candidates of {@link OracleFeatures}. */
final class CandidateEncoding implements OracleEncoding {
  private final long[] candidates = new long[OracleFeatures.CANDIDATES];
  private final int confidence;

  /**
   * @param confidence where the confidences stand in the outputs
   */
  CandidateEncoding(int confidence) {
    this.confidence = confidence;
  }

  @Override
  public void write(AccessWindow window, float[] inputs) {
    OracleFeatures.write(window, inputs, 0);
  }

  @Override
  public int read(float[] outputs, AccessWindow window, long[] steps, float[] confidences) {
    OracleFeatures.candidates(window, candidates);
    int count = 0;
    for (int i = 0; i < candidates.length; i++) {
      if (candidates[i] == 0) {
        continue;
      }
      int same = 0;
      while (same < count && steps[same] != candidates[i]) {
        same++;
      }
      float sure = outputs[confidence + i];
      confidences[same] = same < count ? Math.max(confidences[same], sure) : sure;
      steps[same] = candidates[i];
      count = Math.max(count, same + 1);
    }
    return count;
  }
}
