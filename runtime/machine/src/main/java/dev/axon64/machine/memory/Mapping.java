package dev.axon64.machine.memory;

/**
 * A range of addresses that are mapped alike.
 *
 * @param start first address, page-aligned
 * @param end first address after it, page-aligned; 0 behind the last page of 64-bit addresses
 * @param protection a sum of {@link AddressSpace#READ}, WRITE and EXECUTE
 * @param backing where its pages come from
 * @param offset of its first byte in the backing
 * @param name as /proc/self/maps shows it; may be empty
 */
public record Mapping(
    long start, long end, int protection, Backing backing, long offset, String name) {
  /** Whether it has an address. */
  boolean contains(long address) {
    return Long.compareUnsigned(address - start, size()) < 0;
  }

  /** Returns the part between two addresses within this mapping. */
  Mapping part(long from, long to) {
    return new Mapping(from, to, protection, backing, offset + (from - start), name);
  }

  /** Returns this mapping with another protection. */
  Mapping withProtection(int other) {
    return new Mapping(start, end, other, backing, offset, name);
  }

  /** Returns this mapping at another place. */
  Mapping moved(long to) {
    return new Mapping(to, to + size(), protection, backing, offset, name);
  }

  /** The number of bytes in it. */
  public long size() {
    return end - start;
  }

  /** Whether writes are seen by others. */
  public boolean isShared() {
    return backing.isShared();
  }

  /**
   * Whether {@code next} follows directly and is mapped alike, so that both are one mapping. All
   * 2^64 addresses never are: the size would be 0.
   */
  boolean joins(Mapping next) {
    return end == next.start
        && start != next.end
        && protection == next.protection
        && backing == next.backing
        && name.equals(next.name)
        && (backing == Backing.anonymous() || offset + size() == next.offset);
  }
}
