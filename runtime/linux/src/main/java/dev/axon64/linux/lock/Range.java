package dev.axon64.linux.lock;

/**
 * A locked part of a file.
 *
 * @param start of the first byte
 * @param end behind the last byte; {@link #FOREVER} if the lock has none
 * @param exclusive whether it is a write lock
 * @param owner whose other locks never conflict with it
 * @param process number of the process that set it; -1 if an open file owns it
 */
public record Range(long start, long end, boolean exclusive, Object owner, int process) {
  public static final long FOREVER = Long.MAX_VALUE;

  boolean overlaps(Range other) {
    return start < other.end && other.start < end;
  }

  boolean conflicts(Range other) {
    return owner != other.owner && overlaps(other) && (exclusive || other.exclusive);
  }

  Range part(long from, long to) {
    return new Range(from, to, exclusive, owner, process);
  }
}
