package dev.axon64.metal.msl;

import dev.axon64.codegen.support.InputException;

/** A place in a shader source; lines and columns count from one. */
public record Pos(String file, int line, int column) {
  /** An error at this place; {@code what} says what is wrong and how to mend it. */
  public InputException error(String what) {
    return new InputException(toString(), what);
  }

  @Override
  public String toString() {
    return file + ":" + line + ":" + column;
  }
}
