package dev.axon64.metal.msl;

/** The type of functions that return nothing. */
public enum VoidType implements Type {
  VOID;

  @Override
  public long size() {
    return 1;
  }

  @Override
  public int align() {
    return 1;
  }

  @Override
  public String toString() {
    return "void";
  }
}
