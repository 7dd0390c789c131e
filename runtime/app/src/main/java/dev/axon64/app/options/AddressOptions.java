package dev.axon64.app.options;

import picocli.CommandLine.Option;

/** A range of addresses; all of them unless options say otherwise. */
public final class AddressOptions {
  @Option(
      names = "--from",
      paramLabel = "HEX",
      converter = HexNumber.class,
      description = "Leave out what is below this address.")
  private long from;

  @Option(
      names = "--to",
      paramLabel = "HEX",
      converter = HexNumber.class,
      description = "Leave out what is at this address or above.")
  private long to = -1;

  /** The range that was asked for. */
  public Range range() {
    return new Range(from, to);
  }

  /**
   * Addresses as unsigned numbers.
   *
   * @param from the first
   * @param to behind the last
   */
  public record Range(long from, long to) {
    /** Whether an address lies in it. */
    public boolean contains(long address) {
      return Long.compareUnsigned(address, from) >= 0 && Long.compareUnsigned(address, to) < 0;
    }
  }
}
