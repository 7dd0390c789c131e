package dev.axon64.codegen.emit.state;

import dev.axon64.codegen.isa.model.InstructionSet;
import dev.axon64.codegen.isa.model.Register;
import dev.axon64.codegen.support.InputException;
import java.util.ArrayList;
import java.util.List;

/**
 * The places of the machine's registers. All registers together are a row of 64-bit slots, in the
 * order of their declarations; a register of 128 bits takes two, its lower half first.
 *
 * @param places one per declared register or file of registers
 * @param slots how many slots there are
 */
public record StateLayout(List<Place> places, int slots) {
  /** The index of zero in the array of general registers, after X0 to X30. */
  public static final int ZERO = 31;

  /** The index of the stack pointer in that array. */
  public static final int STACK = 32;

  /** The length of that array. */
  public static final int GENERAL = 33;

  /** The length of the array of vector registers, which has two halves of each. */
  public static final int VECTOR = 64;

  /**
   * A register or a file of them.
   *
   * @param first its first slot
   */
  public record Place(Register register, int first) {
    /** The slots of one register. */
    public int halves() {
      return (register.width() + Long.SIZE - 1) / Long.SIZE;
    }

    /** The slots of the whole file. */
    public int slots() {
      return register.count() * halves();
    }
  }

  /**
   * Lays out the machine that a spec declares.
   *
   * @throws InputException if it lacks a register for which the language has a form
   */
  public static StateLayout of(InstructionSet set) {
    List<Place> places = new ArrayList<>();
    int slots = 0;
    for (Register register : set.registers()) {
      Place place = new Place(register, slots);
      places.add(place);
      slots += place.slots();
    }
    for (String name : List.of(Register.GENERAL, Register.STACK, Register.VECTOR, Register.PC)) {
      if (places.stream().noneMatch(place -> place.register().name().equals(name))) {
        throw new InputException("the instruction spec", "declares no " + name + "; add its state");
      }
    }
    return new StateLayout(List.copyOf(places), slots);
  }

  /** The place of a declared register. */
  public Place place(String name) {
    return places.stream()
        .filter(place -> place.register().name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** The registers that instructions read and write by their names. */
  public List<Register> named() {
    return places.stream().map(Place::register).filter(Register::isNamed).toList();
  }
}
