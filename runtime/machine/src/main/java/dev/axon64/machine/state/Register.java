package dev.axon64.machine.state;

import java.util.Optional;

/**
 * A register or a file of them, as the instruction spec declares it.
 *
 * @param first the first of its slots in {@link Registers#get}
 * @param count of registers; 1 if it is no file
 * @param width of each in bits
 * @param trace what a trace calls it, followed by its number in a file; empty if it is not shown
 * @param letter what stands for it where several single bits are shown together as {@code trace};
 *     empty if it is shown alone
 * @param snapshot what a snapshot calls it
 */
public record Register(
    String name, int first, int count, int width, String trace, String letter, String snapshot) {
  /** The register with a name in the spec. */
  public static Optional<Register> named(String name) {
    return Registers.ALL.stream().filter(register -> register.name.equals(name)).findFirst();
  }

  /** The register that a slot belongs to. */
  public static Register at(int slot) {
    for (Register register : Registers.ALL) {
      if (slot < register.first + register.slots()) {
        return register;
      }
    }
    throw new IndexOutOfBoundsException(slot);
  }

  /** The number of bits that a slot can hold. */
  public int slotWidth() {
    return Math.min(width, Long.SIZE);
  }

  /** The name of a slot, such as {@code X3}, {@code V7 high} or {@code FPSR}. */
  public String slotName(int slot) {
    int each = slotsEach();
    String number = count == 1 ? name : name + (slot - first) / each;
    return each == 1 ? number : number + ((slot - first) % each == 0 ? " low" : " high");
  }

  /** The number of 64-bit slots of one register, the lowest first. */
  public int slotsEach() {
    return (width + Long.SIZE - 1) / Long.SIZE;
  }

  /** The number of slots of the whole file. */
  public int slots() {
    return count * slotsEach();
  }
}
