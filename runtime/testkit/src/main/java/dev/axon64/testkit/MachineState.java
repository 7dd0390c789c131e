package dev.axon64.testkit;

import dev.axon64.machine.state.Register;
import dev.axon64.machine.state.Registers;
import java.util.Arrays;

/**
 * All registers that the instruction spec declares, and a window of memory. Values are by the slots
 * of {@link Registers#ALL}; it does not change.
 */
public final class MachineState {
  /** Where the window of memory is. */
  public static final long WINDOW = 0x20000;

  /** The bytes of the window: two pages, so that accesses can cross from one into the next. */
  public static final int WINDOW_SIZE = 0x2000;

  /** Where the instruction is. */
  public static final long CODE = 0x10000;

  static final int PC_SLOT = Register.named("PC").orElseThrow().first();

  private final long[] slots;
  private final byte[] memory;

  MachineState(long[] slots, byte[] memory) {
    this.slots = slots;
    this.memory = memory;
  }

  /** All registers 0 but pc, which is {@link #CODE}, and memory of zeroes. */
  public static MachineState zero() {
    long[] slots = new long[Registers.SLOTS];
    slots[PC_SLOT] = CODE;
    return new MachineState(slots, new byte[WINDOW_SIZE]);
  }

  /** The value of a slot. */
  public long slot(int slot) {
    return slots[slot];
  }

  /** This state with another value in a slot, cut to the slot's width. */
  public MachineState withSlot(int slot, long value) {
    int width = Register.at(slot).slotWidth();
    long[] changed = slots.clone();
    changed[slot] = width == Long.SIZE ? value : value & (1L << width) - 1;
    return new MachineState(changed, memory);
  }

  private static int general(int register) {
    if (register < 0 || register > 30) {
      throw new IndexOutOfBoundsException("x" + register);
    }
    return Register.named("X").orElseThrow().first() + register;
  }

  /** A general register, 0 to 30. */
  public long x(int register) {
    return slots[general(register)];
  }

  /** This state with another value in a general register. */
  public MachineState withX(int register, long value) {
    return withSlot(general(register), value);
  }

  /** The next instruction's address. */
  public long pc() {
    return slots[PC_SLOT];
  }

  /** This state at another instruction. */
  public MachineState withPc(long value) {
    return withSlot(PC_SLOT, value);
  }

  /** The window's bytes, a copy. */
  public byte[] memory() {
    return memory.clone();
  }

  /** This state with other bytes in the window. */
  public MachineState withMemory(byte[] bytes) {
    return new MachineState(slots, Arrays.copyOf(bytes, WINDOW_SIZE));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MachineState state
        && Arrays.equals(slots, state.slots)
        && Arrays.equals(memory, state.memory);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(slots) + Arrays.hashCode(memory);
  }

  /** The registers that are not 0, by their names. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (int slot = 0; slot < slots.length; slot++) {
      if (slots[slot] != 0) {
        text.append(text.isEmpty() ? "" : " ").append(name(slot)).append("=0x");
        text.append(Long.toHexString(slots[slot]));
      }
    }
    return text.toString();
  }

  static String name(int slot) {
    return Register.at(slot).slotName(slot).toLowerCase(java.util.Locale.ROOT).replace(' ', '.');
  }
}
