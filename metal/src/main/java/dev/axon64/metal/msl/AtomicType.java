package dev.axon64.metal.msl;

/** An atomic type such as {@code atomic_int}, which only the atomic functions access. */
public record AtomicType(Scalar element) implements Type {
  @Override
  public long size() {
    return element.size();
  }

  @Override
  public int align() {
    return element.align();
  }

  @Override
  public String toString() {
    return "atomic_" + element;
  }
}
