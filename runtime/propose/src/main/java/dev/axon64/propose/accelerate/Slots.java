package dev.axon64.propose.accelerate;

import dev.axon64.machine.state.Register;
import dev.axon64.machine.state.Registers;

/** Which slots of {@link Registers#get} the registers have that loops are read by. */
final class Slots {
  static final int COUNT = Registers.SLOTS;

  /** X0 to X30 and SP, the registers that addresses come from, stand below this. */
  static final int GENERAL = 32;

  static final int X = of("X");
  static final int SP = of("SP");
  static final int V = of("V");

  private Slots() {}

  /**
   * The first slot of a register.
   *
   * @throws Refusal if the machine has none of this name
   */
  static int of(String name) {
    return Register.named(name).orElseThrow(() -> new Refusal("register " + name)).first();
  }
}
