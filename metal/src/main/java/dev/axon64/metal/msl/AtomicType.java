package dev.axon64.metal.msl;

/** {@code atomic_int} and its like; reached through the atomic functions alone. */
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
