package dev.axon64.codegen.isa.elaborate;

import dev.axon64.codegen.isa.ir.Ops;
import dev.axon64.codegen.isa.model.Register;
import dev.axon64.codegen.isa.syntax.Declaration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Checks and collects the machine's registers. */
final class Registers {
  private static final Map<String, String> BUILT_IN =
      Map.of(
          Register.GENERAL, "X[31]: bits(64)",
          Register.STACK, "SP: bits(64)",
          Register.VECTOR, "V[32]: bits(128)",
          Register.PC, "PC: bits(64)");

  private Registers() {}

  static List<Register> of(List<Declaration.State> states) {
    Map<String, Declaration.State> snapshots = new HashMap<>();
    List<Register> registers = new ArrayList<>();
    for (Declaration.State state : states) {
      checkShape(state);
      checkReset(state);
      checkLetter(state);
      Register register =
          new Register(
              state.name(),
              Math.max(1, state.count()),
              state.width(),
              state.reset(),
              state.trace(),
              state.letter(),
              state.snapshot().orElse(state.name()));
      Declaration.State before = snapshots.put(register.snapshot(), state);
      if (before != null) {
        throw state
            .at()
            .error(
                String.format(
                    "a snapshot calls %s (%s) %s, too; give one of them another name",
                    before.name(), before.at(), register.snapshot()));
      }
      registers.add(register);
    }
    return List.copyOf(registers);
  }

  /** Checks the registers that the language has forms for: the forms fix their shape. */
  private static void checkShape(Declaration.State state) {
    String shape =
        state.name()
            + (state.count() == 0 ? "" : "[" + state.count() + "]")
            + ": bits("
            + state.width()
            + ")";
    String fixed = BUILT_IN.get(state.name());
    if (fixed != null && !shape.equals(fixed)) {
      throw state.at().error(shape + " is not what A64 has; declare " + fixed);
    }
    if (fixed == null && state.count() > 0) {
      throw state.at().error("only X and V are files of registers; declare each by itself");
    }
    if (fixed == null && state.width() > Long.SIZE) {
      throw state.at().error("a register of " + state.width() + " bits; give 1 to 64");
    }
  }

  private static void checkReset(Declaration.State state) {
    if (state.width() < Long.SIZE && (state.reset() & ~Ops.mask(state.width())) != 0) {
      throw state
          .at()
          .error(
              "0x"
                  + Long.toHexString(state.reset())
                  + " does not fit into "
                  + state.width()
                  + " bits; give another value at reset");
    }
  }

  private static void checkLetter(Declaration.State state) {
    if (state.letter().isPresent() && (state.width() > 1 || state.letter().get().length() != 1)) {
      throw state
          .at()
          .error("one letter stands for one bit in a trace; give the letter of a bits(1)");
    }
  }
}
