package dev.axon64.codegen.emit.isa;

import dev.axon64.codegen.isa.ir.Effect;
import dev.axon64.codegen.isa.ir.SharedFunction;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** What a body does that its callers must know. */
final class MetalFacts {
  private final Map<String, Boolean> touching = new HashMap<>();
  private final Map<String, Boolean> stopping = new HashMap<>();

  /** Whether it or what it calls reads or writes memory. */
  boolean touchesMemory(List<Effect> effects) {
    return any(
        effects,
        e ->
            e instanceof Effect.Load
                || e instanceof Effect.Store
                || e instanceof Effect.Call call && touchesMemory(call.function()));
  }

  boolean touchesMemory(SharedFunction function) {
    Boolean known = touching.get(function.name());
    if (known == null) {
      known = touchesMemory(function.body());
      touching.put(function.name(), known);
    }
    return known;
  }

  /** Whether it may stop the guest. */
  boolean mayStop(SharedFunction function) {
    Boolean known = stopping.get(function.name());
    if (known == null) {
      known = any(function.body(), this::stops);
      stopping.put(function.name(), known);
    }
    return known;
  }

  private boolean stops(Effect e) {
    return e instanceof Effect.Load
        || e instanceof Effect.Store
        || e instanceof Effect.Undefined
        || e instanceof Effect.Raise
        || e instanceof Effect.Host host && !MetalHost.knows(host.name())
        || e instanceof Effect.Call call && mayStop(call.function());
  }

  /** Whether it has a branch. */
  boolean branches(List<Effect> effects) {
    return any(effects, Effect.Branch.class::isInstance);
  }

  private static boolean any(List<Effect> effects, Predicate<Effect> holds) {
    for (Effect effect : effects) {
      if (holds.test(effect)
          || effect instanceof Effect.If e && (any(e.yes(), holds) || any(e.no(), holds))) {
        return true;
      }
    }
    return false;
  }
}
