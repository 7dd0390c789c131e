package dev.axon64.codegen.isa.elaborate;

import dev.axon64.codegen.isa.ir.Effect;
import java.util.List;

/** Which effects write registers, and which may end an instruction: those must come first. */
final class FaultOrder {
  private FaultOrder() {}

  /** Whether an effect writes a register, itself or in a shared function. */
  static boolean writes(Effect effect) {
    if (effect instanceof Effect.If e) {
      return any(e.yes(), true) || any(e.no(), true);
    }
    return effect instanceof Effect.SetX
        || effect instanceof Effect.SetV
        || effect instanceof Effect.SetState
        || effect instanceof Effect.Call e && any(e.function().body(), true);
  }

  /** Whether a shared function's body may end the instruction. */
  static boolean mayFault(List<Effect> body) {
    return any(body, false);
  }

  private static boolean any(List<Effect> effects, boolean writing) {
    return effects.stream().anyMatch(effect -> writing ? writes(effect) : faults(effect));
  }

  private static boolean faults(Effect effect) {
    if (effect instanceof Effect.If e) {
      return any(e.yes(), false) || any(e.no(), false);
    }
    return effect instanceof Effect.Load
        || effect instanceof Effect.Store
        || effect instanceof Effect.Raise
        || effect instanceof Effect.Undefined
        || effect instanceof Effect.Call e && any(e.function().body(), false);
  }
}
