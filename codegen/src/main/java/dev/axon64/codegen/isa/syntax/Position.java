package dev.axon64.codegen.isa.syntax;

import dev.axon64.codegen.support.InputException;

/** A place in a file, for messages; line and column count from 1. */
public record Position(String file, int line, int column) {
  /** Returns an error that says what is wrong here. */
  public InputException error(String what) {
    return new InputException(toString(), what);
  }

  @Override
  public String toString() {
    return file + ":" + line + ":" + column;
  }
}
