package dev.axon64.codegen.isa.ir;

import java.util.Optional;

/** What effects do to locals. */
public final class Effects {
  private Effects() {}

  /** The local that an effect makes, with or without a value. */
  public static Optional<Node.Local> filled(Effect effect) {
    return switch (effect) {
      case Effect.Define e -> Optional.of(e.local());
      case Effect.Declare e -> Optional.of(e.local());
      case Effect.Load e -> Optional.of(e.local());
      case Effect.Host e -> e.result();
      case Effect.Call e -> e.result();
      case Effect.Assign e -> Optional.empty();
      case Effect.SetX e -> Optional.empty();
      case Effect.SetV e -> Optional.empty();
      case Effect.SetState e -> Optional.empty();
      case Effect.Branch e -> Optional.empty();
      case Effect.Store e -> Optional.empty();
      case Effect.If e -> Optional.empty();
      case Effect.Undefined e -> Optional.empty();
      case Effect.Raise e -> Optional.empty();
    };
  }
}
