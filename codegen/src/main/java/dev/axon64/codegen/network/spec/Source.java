package dev.axon64.codegen.network.spec;

/** What dispatch may look at: the instruction word and its address. */
public enum Source {
  WORD("word", 32),
  PC("pc", 64);

  private final String keyword;
  private final int bits;

  Source(String keyword, int bits) {
    this.keyword = keyword;
    this.bits = bits;
  }

  /** The name in spec text. */
  public String keyword() {
    return keyword;
  }

  /** Width in bits. */
  public int bits() {
    return bits;
  }
}
