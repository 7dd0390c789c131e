package dev.axon64.weights.finetune;

/** Kinds of recordings, each written by {@code axon64 trace}. */
public enum Recorded {
  LOOPS(".loops.npy", "--loops"),
  MEMORY(".memory.npy", "--memory");

  private final String suffix;
  private final String option;

  Recorded(String suffix, String option) {
    this.suffix = suffix;
    this.option = option;
  }

  /** How the names of its files end. */
  public String suffix() {
    return suffix;
  }

  /** The option of {@code trace} that writes them. */
  public String option() {
    return option;
  }
}
