package dev.axon64.metal.msl;

/** A variable or parameter. References are variables of pointer type that parsing dereferences. */
public final class Var {
  private final String name;
  private final Type type;
  private final Space space;
  private final boolean readOnly;
  private final boolean reference;
  private final Pos pos;
  private boolean inMemory;
  private int assignments;
  private Expr.Const value;
  private Expr initial;

  Var(String name, Type type, Space space, boolean readOnly, boolean reference, Pos pos) {
    this.name = name;
    this.type = type;
    this.space = space;
    this.readOnly = readOnly;
    this.reference = reference;
    this.pos = pos;
    this.inMemory = type instanceof ArrayType || type instanceof StructType;
  }

  public String name() {
    return name;
  }

  public Type type() {
    return type;
  }

  /** THREAD for locals and parameters; CONSTANT and THREADGROUP for tables and shared arrays. */
  public Space space() {
    return space;
  }

  public boolean readOnly() {
    return readOnly;
  }

  public boolean isReference() {
    return reference;
  }

  public Pos pos() {
    return pos;
  }

  /** True if the variable needs an address, so that it cannot live in JVM locals. */
  public boolean inMemory() {
    return inMemory || space != Space.THREAD;
  }

  void takeAddress() {
    inMemory = true;
  }

  void noteAssignment() {
    assignments++;
  }

  /** True if something but its initialiser assigns to it. */
  public boolean isAssigned() {
    return assignments > 0;
  }

  /** How many assignments to it the parser has met. */
  int assignments() {
    return assignments;
  }

  /** The value of a const scalar whose initialiser is constant, or null. */
  public Expr.Const value() {
    return value;
  }

  void value(Expr.Const constant) {
    value = constant;
  }

  /** The initialiser of a file-scope constant. */
  public Expr initial() {
    return initial;
  }

  void initial(Expr expr) {
    initial = expr;
  }
}
