package dev.axon64.codegen.isa.syntax;

import dev.axon64.codegen.support.InputException;

/** Where something stands, for messages; line and column count from 1. */
public record Position(String file, int line, int column) {
  /** The error that says what is wrong here. */
  public InputException error(String what) {
    return new InputException(toString(), what);
  }

  @Override
  public String toString() {
    return file + ":" + line + ":" + column;
  }
}
