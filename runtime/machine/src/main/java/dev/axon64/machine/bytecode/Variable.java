package dev.axon64.machine.bytecode;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;

/**
 * A JVM local that holds a legal value.
 *
 * @param width 1 or 32 bits, held as an {@code int}, or 64, held as a {@code long}
 */
public record Variable(int width, int slot) {
  /** Takes a JVM local that is not in use yet. */
  public static Variable allocate(CodeBuilder code, int width) {
    return new Variable(width, code.allocateLocal(kind(width)));
  }

  /** The type on the operand stack of a legal value. */
  static TypeKind kind(int width) {
    return width == Long.SIZE ? TypeKind.LONG : TypeKind.INT;
  }

  /** Pushes the value. */
  public void load(CodeBuilder code) {
    code.loadLocal(kind(width), slot);
  }

  /** Pops a value of this width. */
  public void store(CodeBuilder code) {
    code.storeLocal(kind(width), slot);
  }

  /** Pushes the value as 64 bits, zeros on top. */
  public void loadLong(CodeBuilder code) {
    load(code);
    switch (width) {
      case 1 -> code.i2l();
      case Integer.SIZE -> NodeCode.zeroExtend(code);
      default -> {}
    }
  }

  /** Pops 64 bits, of which those above the width are zero. */
  public void storeLong(CodeBuilder code) {
    if (width < Long.SIZE) {
      code.l2i();
    }
    store(code);
  }
}
