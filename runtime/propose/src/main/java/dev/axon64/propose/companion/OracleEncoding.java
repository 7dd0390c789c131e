package dev.axon64.propose.companion;

/** What an oracle network's inputs and outputs mean. */
interface OracleEncoding {
  /** Writes the inputs. */
  void write(AccessWindow window, float[] inputs);

  /**
   * Reads the outputs: up to eight steps in blocks, with their confidences.
   *
   * @return how many steps there are
   */
  int read(float[] outputs, AccessWindow window, long[] steps, float[] confidences);
}
