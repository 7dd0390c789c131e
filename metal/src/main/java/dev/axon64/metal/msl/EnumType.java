package dev.axon64.metal.msl;

/**
 * An enumeration.
 *
 * @param scoped true for {@code enum class}, whose values do not convert by themselves
 */
public record EnumType(String name, Scalar underlying, boolean scoped) implements Type {
  @Override
  public long size() {
    return underlying.size();
  }

  @Override
  public int align() {
    return underlying.align();
  }

  @Override
  public Scalar scalar() {
    return underlying;
  }

  @Override
  public String toString() {
    return name;
  }
}
