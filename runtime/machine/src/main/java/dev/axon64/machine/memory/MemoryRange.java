package dev.axon64.machine.memory;

/**
 * Addresses of a space whose bytes lie one after the other outside the heap and may be accessed at
 * once. Translated code holds on to a range and compares with its fields at each access; whoever
 * takes a page of it away makes it shorter.
 */
public final class MemoryRange {
  /** Bytes that one access may have. */
  static final int ACCESS = 16;

  /** A range of no addresses. */
  public static final MemoryRange NONE = new MemoryRange(0, 0, 0);

  /** The first address. */
  public long start;

  /** The number of addresses, from the first on, at which an access may begin. */
  public long length;

  /** What is added to an address to get where its byte lies. */
  public final long delta;

  MemoryRange(long start, long end, long delta) {
    this.start = start;
    this.delta = delta;
    setEnd(end);
  }

  /** Whether an address lies in it, at which an access may begin or not. */
  boolean contains(long address) {
    return Long.compareUnsigned(address - start, end() - start) < 0;
  }

  long end() {
    return start + length + ACCESS - 1;
  }

  void setEnd(long end) {
    length = Math.max(0, end - start - (ACCESS - 1));
  }

  /** Takes all addresses away. */
  void close() {
    length = 0;
  }
}
