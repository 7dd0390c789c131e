package dev.axon64.weights.finetune;

/** Kinds of recordings, each written by {@code axon64 trace}. */
public enum Recorded {
  LOOPS(".loops.npy"),
  MEMORY(".memory.npy");

  private final String suffix;

  Recorded(String suffix) {
    this.suffix = suffix;
  }

  /** How the names of its files end. */
  public String suffix() {
    return suffix;
  }
}
