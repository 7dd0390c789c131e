package dev.axon64.metal.msl;

/** Binary operators on numbers. */
public enum Op {
  ADD("+"),
  SUB("-"),
  MUL("*"),
  DIV("/"),
  REM("%"),
  SHL("<<"),
  SHR(">>"),
  AND("&"),
  OR("|"),
  XOR("^"),
  LT("<"),
  GT(">"),
  LE("<="),
  GE(">="),
  EQ("=="),
  NE("!=");

  private final String sign;

  Op(String sign) {
    this.sign = sign;
  }

  public boolean isComparison() {
    return ordinal() >= LT.ordinal();
  }

  public boolean isShift() {
    return this == SHL || this == SHR;
  }

  boolean isIntegerOnly() {
    return ordinal() >= REM.ordinal() && ordinal() <= XOR.ordinal();
  }

  static Op of(String sign) {
    for (Op op : values()) {
      if (op.sign.equals(sign)) {
        return op;
      }
    }
    return null;
  }

  @Override
  public String toString() {
    return sign;
  }
}
