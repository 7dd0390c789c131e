package dev.axon64.system.cpu;

import dev.axon64.machine.engine.Stop;

/** The network gave an instruction to a kernel that does not own it: the machine cannot go on. */
public final class Misdispatched extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param stop what the engine met
   * @param pc where
   * @param level the exception level
   */
  Misdispatched(Stop.Misdispatch stop, long pc, int level) {
    super(
        "the network gave the word %08x at 0x%x in EL%d to kernel %d, which does not own it"
            .formatted(stop.word(), pc, level, stop.kernel()));
  }
}
