package dev.axon64.emulator;

/** A load or store that a {@linkplain Hooks.Memory hook} is told of. */
public final class Access {
  private boolean write;
  private long address;
  private int size;
  private long value;
  private long high;

  Access() {}

  void set(boolean isWrite, long at, int bytes, long low, long upper) {
    write = isWrite;
    address = at;
    size = bytes;
    value = low;
    high = upper;
  }

  /** Whether it is a store. */
  public boolean isWrite() {
    return write;
  }

  /** The first byte's address, without the top byte if that is ignored. */
  public long address() {
    return address;
  }

  /** The number of bytes: 1, 2, 4, 8 or 16. */
  public int size() {
    return size;
  }

  /** What is loaded or stored, zero-extended; of 16 bytes the low 8. */
  public long value() {
    return value;
  }

  /** The high 8 of 16 bytes; otherwise 0. */
  public long high() {
    return high;
  }

  @Override
  public String toString() {
    String digits = size == 16 ? "%x%016x".formatted(high, value) : Long.toHexString(value);
    return "%s of %d bytes at 0x%x: 0x%s"
        .formatted(write ? "store" : "load", size, address, digits);
  }
}
