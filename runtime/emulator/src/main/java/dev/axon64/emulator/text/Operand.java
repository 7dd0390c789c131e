package dev.axon64.emulator.text;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** An operand of an instruction, as assembly has it. */
public sealed interface Operand {
  /**
   * A register.
   *
   * @param name such as {@code x0}, {@code wzr}, {@code sp}, {@code d7}, {@code v3}
   * @param arrangement of a vector, such as {@code 4s}; of a lane, its size alone
   * @param lane the lane, if it is one
   */
  record Register(String name, Optional<String> arrangement, OptionalInt lane) implements Operand {
    /** Its number; 31 for the stack pointer and for zero. */
    public int number() {
      String digits = name.substring(1);
      return digits.matches("[0-9]+") ? Integer.parseInt(digits) : 31;
    }
  }

  /**
   * Vector registers that are loaded or stored together.
   *
   * @param lane the lane, if it is one of each
   */
  record RegisterList(List<Register> registers, OptionalInt lane) implements Operand {
    public RegisterList {
      registers = List.copyOf(registers);
    }
  }

  /** A whole number. */
  record Immediate(long value) implements Operand {}

  /** A number of floating point. */
  record FloatImmediate(double value) implements Operand {}

  /**
   * How the operand before it is shifted or extended.
   *
   * @param kind such as {@code lsl}, {@code ror}, {@code msl}, {@code uxtw}
   * @param amount by how many bits, if that is written
   */
  record Shift(String kind, OptionalInt amount) implements Operand {}

  /** When a {@link Memory} operand changes its base. */
  enum Indexing {
    /** Never. */
    OFFSET,
    /** Before the access, which uses the sum. */
    PRE,
    /** After the access, which uses the base alone. */
    POST
  }

  /**
   * A place in memory.
   *
   * @param offset a {@link Register} or {@link Immediate}
   * @param shift of a register that is the offset
   */
  record Memory(Register base, Optional<Operand> offset, Optional<Shift> shift, Indexing indexing)
      implements Operand {}

  /** An address, computed from that of the instruction. */
  record Label(long address) implements Operand {}

  /** A condition, such as {@code eq}. */
  record Condition(String name) implements Operand {}

  /**
   * A system register, such as {@code tpidr_el0}, or a field of PSTATE, such as {@code daifset}.
   */
  record SystemRegister(String name) implements Operand {}

  /** Another word: of barriers, prefetches, caches and address translation. */
  record Option(String name) implements Operand {}
}
