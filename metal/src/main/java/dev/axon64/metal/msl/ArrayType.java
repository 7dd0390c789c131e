package dev.axon64.metal.msl;

/** An array of a fixed number of elements. */
public record ArrayType(Type element, int count) implements Type {
  @Override
  public long size() {
    return element.size() * count;
  }

  @Override
  public int align() {
    return element.align();
  }

  @Override
  public String toString() {
    StringBuilder dimensions = new StringBuilder();
    Type inner = this;
    while (inner instanceof ArrayType array) {
      dimensions.append('[').append(array.count).append(']');
      inner = array.element;
    }
    return inner + dimensions.toString();
  }
}
