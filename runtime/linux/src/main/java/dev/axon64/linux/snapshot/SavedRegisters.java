package dev.axon64.linux.snapshot;

import dev.axon64.codegen.support.InputException;
import dev.axon64.machine.state.Register;
import dev.axon64.machine.state.Registers;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;

/** Registers in a snapshot: what they hold, in 64 bits each, by the names that the spec gives. */
final class SavedRegisters {
  private SavedRegisters() {}

  static Map<String, long[]> of(Registers registers) {
    Map<String, long[]> saved = new LinkedHashMap<>();
    for (Register register : Registers.ALL) {
      long[] slots = new long[register.slots()];
      Arrays.setAll(slots, i -> registers.get(register.first() + i));
      saved.put(register.snapshot(), slots);
    }
    return saved;
  }

  /**
   * Fills registers with what was saved.
   *
   * @param file the snapshot, for messages
   * @throws InputException if it was taken of a machine with other registers
   */
  static void restore(Map<String, long[]> saved, Registers registers, String file) {
    TreeSet<String> unknown = new TreeSet<>(saved.keySet());
    for (Register register : Registers.ALL) {
      long[] slots = saved.get(register.snapshot());
      if (slots == null || slots.length != register.slots()) {
        String how = slots == null ? "no register " : "a register of another size, ";
        throw other(file, how + register.snapshot());
      }
      unknown.remove(register.snapshot());
      long mask = -1L >>> Long.SIZE - register.slotWidth();
      for (int i = 0; i < slots.length; i++) {
        registers.set(register.first() + i, slots[i] & mask);
      }
    }
    if (!unknown.isEmpty()) {
      throw other(file, "a register " + unknown.first() + " that this one lacks");
    }
  }

  private static InputException other(String file, String how) {
    return new InputException(
        file, "is of another machine: it has " + how + "; read it with the Axon64 that wrote it");
  }
}
