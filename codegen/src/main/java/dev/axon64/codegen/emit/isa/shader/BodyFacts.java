package dev.axon64.codegen.emit.isa.shader;

import dev.axon64.codegen.isa.ir.Effect;
import dev.axon64.codegen.isa.ir.Nodes;
import dev.axon64.codegen.isa.ir.SharedFunction;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds what the callers of a body must know about it. */
final class BodyFacts {
  private final Map<String, Boolean> touching = new HashMap<>();
  private final Map<String, Boolean> stopping = new HashMap<>();

  /** Whether a body, or a function that it calls, reads or writes memory. */
  boolean touchesMemory(List<Effect> effects) {
    return Nodes.any(
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

  /** Whether a function may stop the guest. */
  boolean mayStop(SharedFunction function) {
    Boolean known = stopping.get(function.name());
    if (known == null) {
      known = Nodes.any(function.body(), this::stops);
      stopping.put(function.name(), known);
    }
    return known;
  }

  private boolean stops(Effect effect) {
    return switch (effect) {
      case Effect.Load e -> true;
      case Effect.Store e -> true;
      case Effect.Undefined e -> true;
      case Effect.Raise e -> true;
      case Effect.Host e -> !ShaderHost.knows(e.name());
      case Effect.Call e -> mayStop(e.function());
      case Effect.Define e -> false;
      case Effect.Declare e -> false;
      case Effect.Assign e -> false;
      case Effect.SetX e -> false;
      case Effect.SetV e -> false;
      case Effect.SetState e -> false;
      case Effect.Branch e -> false;
      case Effect.If e -> false; // its blocks are looked into
    };
  }
}
