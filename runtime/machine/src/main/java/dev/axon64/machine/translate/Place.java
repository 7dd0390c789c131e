package dev.axon64.machine.translate;

import dev.axon64.machine.state.Register;
import dev.axon64.machine.state.Registers;
import java.util.List;
import java.util.Locale;

/**
 * The slots of registers that a region keeps in locals: the general and vector registers and the
 * condition flags. All other registers stay in the state.
 */
final class Place {
  private static final Register X = Register.named("X").orElseThrow();
  private static final Register V = Register.named("V").orElseThrow();

  /** The slot of the stack pointer. */
  static final int SP = Register.named("SP").orElseThrow().first();

  private static final int ZERO = 31;

  /** The slots of the condition flags. */
  static final List<Integer> FLAGS =
      Registers.ALL.stream().filter(r -> !r.letter().isEmpty()).map(Register::first).toList();

  private Place() {}

  /** The slot of a general register; -1 for the zero register. */
  static int general(long number, boolean stack) {
    return number < ZERO ? X.first() + (int) number : stack ? SP : -1;
  }

  /** The slot of half of a vector register. */
  static int vector(long number, int half) {
    return V.first() + 2 * (int) number + half;
  }

  /** The slot of a declared register, or -1 if it stays in the state. */
  static int declared(String name) {
    Register register = Register.named(name).orElseThrow();
    return register.letter().isEmpty() ? -1 : register.first();
  }

  /** Bits of a slot's value. */
  static int width(int slot) {
    return Register.at(slot).slotWidth();
  }

  /** The index of a slot in its array of the state; -1 if it is a field. */
  static int index(int slot) {
    if (slot == SP) {
      return Registers.SP;
    }
    return inFile(slot, X) || inFile(slot, V) ? slot - Register.at(slot).first() : -1;
  }

  private static boolean inFile(int slot, Register file) {
    return slot >= file.first() && slot < file.first() + file.slots();
  }

  /** The array or field of the state that holds a slot. */
  static String field(int slot) {
    return slot == SP ? "x" : Register.at(slot).name().toLowerCase(Locale.ROOT);
  }
}
