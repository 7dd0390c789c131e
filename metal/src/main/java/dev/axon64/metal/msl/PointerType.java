package dev.axon64.metal.msl;

/**
 * A pointer; references are pointers too by the time code is made.
 *
 * @param readOnly true if what it points at is const
 */
public record PointerType(Type to, Space space, boolean readOnly) implements Type {
  @Override
  public long size() {
    return 8;
  }

  @Override
  public int align() {
    return 8;
  }

  @Override
  public String toString() {
    return space + " " + (readOnly && space != Space.CONSTANT ? "const " : "") + to + "*";
  }
}
