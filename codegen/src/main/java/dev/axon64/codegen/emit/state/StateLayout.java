package dev.axon64.codegen.emit.state;

import dev.axon64.codegen.isa.model.InstructionSet;
import dev.axon64.codegen.isa.model.Register;
import dev.axon64.codegen.support.InputException;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the machine's registers stand. All of them together are a row of slots of 64 bits, in the
 * order of their declarations; a register of 128 bits takes two, its lower half first.
 *
 * @param places by register
 * @param slots how many slots there are
 */
public record StateLayout(List<Place> places, int slots) {
  /** General registers as an array: behind X0 to X30 stand zero and the stack pointer. */
  public static final int ZERO = 31;

  /** Where the stack pointer stands in that array. */
  public static final int STACK = 32;

  /** Its length. */
  public static final int GENERAL = 33;

  /** Halves of vector registers. */
  public static final int VECTOR = 64;

  /**
   * A register or a file of them.
   *
   * @param first its first slot
   */
  public record Place(Register register, int first) {
    /** Slots of one register. */
    public int halves() {
      return (register.width() + Long.SIZE - 1) / Long.SIZE;
    }

    /** Slots of all. */
    public int slots() {
      return register.count() * halves();
    }
  }

  /**
   * For the machine that a spec declares.
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

  /** Of a register that is declared. */
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
